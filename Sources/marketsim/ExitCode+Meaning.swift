import ArgumentParser
import Foundation

extension ExitCode {
  /// A scenario, argument, file or folder that cannot be used.
  static let badInput = ExitCode(2)
  /// Stopped on request; finished work is kept.
  static let interrupted = ExitCode(3)
}

/// One or more lines on standard error.
func printError(_ text: String) {
  FileHandle.standardError.write(Data((text + "\n").utf8))
}
