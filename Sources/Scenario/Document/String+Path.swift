extension String {
  /// This path, read relative to the folder of the file at `other` unless it is absolute.
  func resolved(besides other: String) -> String {
    guard !hasPrefix("/"), let slash = other.lastIndex(of: "/") else { return self }
    return other[...slash] + self
  }

  /// The same place without `.`, `..` after a name, and repeated slashes; only text is looked at.
  var normalizedPath: String {
    var parts: [Substring] = []
    for part in split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else {
        parts.append(part)
      }
    }
    return (hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }
}
