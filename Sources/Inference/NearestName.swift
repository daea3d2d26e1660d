/// The known name that a misspelt one most probably meant, or nil when none is close.
///
/// Closeness is the edit distance without regard to case; at most a third of the longer name may
/// differ. The first of equally near names wins.
package func nearestName(to name: String, in known: [String]) -> String? {
  var best: (distance: Int, name: String)?
  for candidate in known {
    let distance = editDistance(Array(name.lowercased().utf8), Array(candidate.lowercased().utf8))
    guard distance * 3 <= max(name.utf8.count, candidate.utf8.count) else { continue }
    if distance < best?.distance ?? .max { best = (distance, candidate) }
  }
  return best?.name
}

/// Levenshtein distance, O(m·n).
private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  var previous = Array(0...right.count)
  for (row, byte) in left.enumerated() {
    var current = [row + 1]
    for (column, other) in right.enumerated() {
      let substitution = previous[column] + (byte == other ? 0 : 1)
      current.append(min(substitution, previous[column + 1] + 1, current[column] + 1))
    }
    previous = current
  }
  return previous[right.count]
}
