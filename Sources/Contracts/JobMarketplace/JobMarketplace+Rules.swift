import EVM
import Quantities

/// Limits of the reference, seconds and counts.
extension JobMarketplace {
  static var rapidPostWindow: UInt256 { 60 }
  static var rapidPostLimit: UInt8 { 3 }
  static var postWindow: UInt256 { 3_600 }
  static var postLimit: UInt8 { 10 }
  static var year: UInt256 { 31_536_000 }
  static var throttleCooldown: UInt256 { 300 }
  static var quickReleaseTime: UInt256 { 30 }
  static var suspiciousReleases: UInt32 { 10 }
  static var pauseCooldown: UInt256 { 3_600 }
  static var abandonmentDelay: UInt256 { 2_592_000 }
  static var initialFailureThreshold: UInt256 { 5 }
  static var batchLimit: UInt32 { 100 }

  /// keccak256("GUARDIAN_ROLE"): may pause, and set the breaker's level.
  static let guardianRole = UInt256(bigEndian: Keccak.hash("GUARDIAN_ROLE".utf8))
  static var guardianRoleNumber: Int { 0 }
}
