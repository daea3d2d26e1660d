import Testing
@testable import EVM
