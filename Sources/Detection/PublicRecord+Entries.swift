extension PublicRecord {
  public struct Registration: BitwiseCopyable, Hashable, Sendable {
    public let host: UInt32
    public let wallet: UInt32
    let controllerOrNone: UInt32
    public let second: UInt32

    static let none = UInt32.max
    public var controller: UInt32? { controllerOrNone == Self.none ? nil : controllerOrNone }
  }

  public struct Departure: BitwiseCopyable, Hashable, Sendable {
    public let host: UInt32
    public let second: UInt32
  }

  public struct Customer: BitwiseCopyable, Hashable, Sendable {
    public let renter: UInt32
    public let wallet: UInt32
    public let second: UInt32
  }

  public struct Transfer: BitwiseCopyable, Hashable, Sendable {
    public let source: UInt32
    public let target: UInt32
    public let amount: Float
    public let second: UInt32
  }

  public struct Claim: BitwiseCopyable, Hashable, Sendable {
    public let host: UInt32
    public let second: UInt32
  }

  public struct Payment: BitwiseCopyable, Hashable, Sendable {
    public let renter: UInt32
    public let host: UInt32
    public let amount: Float
    public let second: UInt32
  }

  public struct Rating: BitwiseCopyable, Hashable, Sendable {
    public let renter: UInt32
    public let host: UInt32
    public let second: UInt32
    /// 1 … 5.
    public let stars: UInt8
  }

  public struct Failure: BitwiseCopyable, Hashable, Sendable {
    public let host: UInt32
    public let second: UInt32
  }
}
