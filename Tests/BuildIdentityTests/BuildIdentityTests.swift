import Testing

@testable import BuildIdentity

@Suite("The build's identity") struct BuildIdentityTests {
  @Test("is a digest of 128 bits") func digest() {
    #expect(BuildIdentity.digest.utf8.count == 32)
    #expect(BuildIdentity.digest.allSatisfy { "0123456789abcdef".contains($0) })
  }
}
