/// What a kernel's events must be: plain values that say what they contribute to the digest.
///
/// An enumeration packs its case number and its identifiers; two events that a reader would call
/// different must differ in `digestKey`. Its memory cannot be used instead: padding is undefined.
public protocol DigestibleEvent: BitwiseCopyable, Sendable {
  /// The event's content in 64 bits.
  var digestKey: UInt64 { get }

  /// Whether executing the event goes into the digest and the executed count; true by default.
  ///
  /// False is for events that only watch (progress, sampling), so that adding or removing observers
  /// leaves a run's digest as it was. They must change nothing in the model.
  var isDigested: Bool { get }
}

extension DigestibleEvent {
  @inlinable public var isDigested: Bool { true }
}

extension UInt64: DigestibleEvent {
  @inlinable public var digestKey: UInt64 { self }
}
