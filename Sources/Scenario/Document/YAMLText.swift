/// A document's text, in which keys can be disguised so that Yams accepts duplicates.
///
/// Yams refuses a map with duplicate keys before any node is made and names the first occurrence
/// of one of them. Disguising that occurrence, one private-use scalar for its first letter, moves
/// no column and lets the rest be parsed; the reader reveals the letter and then finds every
/// duplicate, at its own place, together with all other problems.
struct YAMLText {
  private(set) var scalars: [Unicode.Scalar]
  private var lineStarts: [Int]
  /// The letter behind each disguise, by its distance from `firstDisguise`.
  private var disguised: [Unicode.Scalar] = []
  private let mayDisguise: Bool

  /// Plane 15 is for private use, and YAML allows it.
  private static let firstDisguise: UInt32 = 0xF0000
  /// Each disguise costs a parse of the whole text; nobody mends more at once.
  private static let disguiseLimit = 100

  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
    // A byte order mark is no part of the first line.
    if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
    lineStarts = [0]
    for (index, scalar) in scalars.enumerated() {
      switch scalar {
      case "\r" where index + 1 < scalars.count && scalars[index + 1] == "\n": break
      case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": lineStarts.append(index + 1)
      default: break
      }
    }
    mayDisguise = !scalars.contains { $0.value >= Self.firstDisguise }
  }

  var string: String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  /// The text for Yams, which keeps a pointer into it; a string small enough to live in its own
  /// variable has no lasting place to point to, and so gets more line ends.
  var padded: String {
    let text = string
    return text.utf8.count > 15 ? text : text + String(repeating: "\n", count: 16)
  }

  /// The same place, or the end of the text for one beyond it.
  func clamped(line: Int, column: Int) -> (line: Int, column: Int) {
    if line < lineStarts.count { return (line, column) }
    let last = lineStarts.count
    let length = scalars.count - lineStarts[last - 1]
    return line == last ? (last, min(column, length + 1)) : (last, length + 1)
  }

  /// Replaces the first letter of the key at a place from 1.
  ///
  /// - Returns: False when there is no such letter: the key is no plain or quoted text.
  mutating func disguiseKey(line: Int, column: Int) -> Bool {
    guard mayDisguise, disguised.count < Self.disguiseLimit else { return false }
    guard line >= 1, line <= lineStarts.count else { return false }
    var index = lineStarts[line - 1] + column - 1
    guard column >= 1, index < scalars.count else { return false }
    if scalars[index] == "\"" || scalars[index] == "'" { index += 1 }
    let refused: Set<Unicode.Scalar> = ["\"", "'", "\\", "&", "*", "!", "[", "{", "?", ":", "\n"]
    guard index < scalars.count, !refused.contains(scalars[index]) else { return false }
    guard scalars[index].value < Self.firstDisguise else { return false }
    let disguise = Unicode.Scalar(Self.firstDisguise + UInt32(disguised.count))!
    disguised.append(scalars[index])
    scalars[index] = disguise
    return true
  }

  /// The text that was written where `text` was parsed.
  func revealed(_ text: String) -> String {
    guard !disguised.isEmpty, let first = text.unicodeScalars.first else { return text }
    let index = Int(first.value) - Int(Self.firstDisguise)
    guard disguised.indices.contains(index) else { return text }
    var view = String.UnicodeScalarView()
    view.append(disguised[index])
    view.append(contentsOf: text.unicodeScalars.dropFirst())
    return String(view)
  }
}
