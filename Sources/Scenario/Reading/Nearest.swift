/// Finds what a person most likely meant to write.
enum Nearest {
  /// The candidate that takes the fewest edits to reach, or nil when none is near.
  ///
  /// An edit inserts, deletes or replaces a letter or swaps two neighbours; case does not count.
  /// About one edit in three letters is near; so is a name that continues the text.
  static func name(to text: String, among candidates: [String]) -> String? {
    let letters = Array(text.lowercased())
    guard !letters.isEmpty, letters.count <= 64 else { return nil }
    let allowed = max(1, min(3, letters.count / 3))
    var best: (name: String, distance: Int)?
    for candidate in candidates {
      let distance = edits(from: letters, to: Array(candidate.lowercased()))
      if distance <= allowed, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    if let best { return best.name }
    guard letters.count >= 3 else { return nil }
    return candidates.first { $0.lowercased().hasPrefix(text.lowercased()) }
  }

  /// Optimal string alignment distance. O(n·m) time, three rows of memory.
  static func edits(from a: [Character], to b: [Character]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          cost = min(cost, beforeLast[j - 1] + 1)
        }
        row.append(cost)
      }
      (beforeLast, last) = (last, row)
    }
    return last[b.count]
  }

  /// An instruction: the nearest candidate, or the choice when it is short enough to list.
  static func advice(for text: String, among candidates: [String], what: String) -> String {
    if let near = name(to: text, among: candidates) { return "did you mean \"\(near)\"?" }
    return "write \(what): \(list(candidates))"
  }

  /// An instruction where a word may stand in place of another value: the nearest word, or all that
  /// may be given.
  static func advice(
    for text: String, amongWords words: [String], or notation: Notation
  ) -> String {
    if let near = name(to: text, among: words) { return "did you mean \"\(near)\"?" }
    return "give \(notation.phrase)"
  }

  /// The first of many names, comma-separated.
  static func list(_ names: [String]) -> String {
    let shown = 40
    let head = names.prefix(shown).joined(separator: ", ")
    return names.count <= shown ? head : head + " and \(names.count - shown) more"
  }
}
