/// One thing that hosts do besides serving as promised.
///
/// A part is a file: what it is called, the keys that a scenario gives it, and what a host decides by
/// it. `HostConduct` registers it; scenario files, their schema and their reference follow from that.
public protocol ConductPart: Sendable, Equatable {
  static var declaration: ConductDeclaration { get }

  /// - Parameter values: One for each key of the declaration, but for optional ones that are left out.
  init(_ values: ConductValues)

  /// Ground truth: whether who does this belongs to the attackers.
  var isFraud: Bool { get }

  /// Whether the host looks at its business now and then to decide it.
  static var isReviewed: Bool { get }
}

extension ConductPart {
  public var isFraud: Bool { true }
  public static var isReviewed: Bool { false }
}

/// What scenario files and their reference say of a part.
public struct ConductDeclaration: Sendable {
  /// The part's key, in the words of the field.
  public var name: String
  /// One sentence.
  public var doc: String
  /// What its absence means.
  public var absence: String
  public var keys: [ConductKey]

  public init(_ name: String, absence: String, _ doc: String, keys: [ConductKey] = []) {
    self.name = name
    self.absence = absence
    self.doc = doc
    self.keys = keys
  }

  /// Whether its name alone says everything.
  public var isWord: Bool {
    keys.allSatisfy { key in if case .required = key.presence { false } else { true } }
  }
}

/// A key of a part, with what it takes.
public struct ConductKey: Sendable {
  public enum Notation: Sendable {
    /// 0 … 1, plain or as a percentage.
    case share
    case number(ClosedRange<Double>)
    case count(ClosedRange<Int>)
    /// Per second, above 0.
    case rate(upTo: Double)
    /// Above 0.
    case amount(unit: String, upTo: Double)
    /// Seconds.
    case span(ClosedRange<Double>)
    /// The value is the number of the word.
    case word([String])
  }

  public enum Presence: Sendable {
    case required
    /// What leaving it out means.
    case optional(String)
    /// What leaving it out means, as it would be written.
    case standard(String)
  }

  public var name: String
  public var notation: Notation
  public var presence: Presence
  /// One sentence.
  public var doc: String

  /// A key that must be given.
  init(_ name: String, _ notation: Notation, _ doc: String) {
    self.init(name, notation, .required, doc)
  }

  init(_ name: String, _ notation: Notation, _ presence: Presence, _ doc: String) {
    self.name = name
    self.notation = notation
    self.presence = presence
    self.doc = doc
  }
}

/// What a scenario gives the keys of a part.
public struct ConductValues: Sendable {
  private var numbers: [String: Double] = [:]

  public init() {}

  public mutating func set(_ key: ConductKey, _ value: Double) { numbers[key.name] = value }

  /// Of a key that may be left out.
  func given(_ key: ConductKey) -> Double? { numbers[key.name] }

  subscript(key: ConductKey) -> Double {
    guard let value = numbers[key.name] else {
      preconditionFailure("\(key.name) has neither a value nor a standard")
    }
    return value
  }
}
