extension Kind {
  /// A list of values, all of one kind.
  static func list<Element>(
    of kind: Kind<Element>, count: ClosedRange<Int>
  ) -> Kind where Value == [Element] {
    Kind(notation: .list(kind.notation, range: count)) { tree, path, reading in
      guard let items = tree.items else {
        reading.complain(
          at: tree.location, "\(path)",
          tree.text == "" && !tree.isQuoted ? "has no value" : "is \(tree.kindName), not a list",
          do: "give a list of \(kind.notation.phrase)")
        return nil
      }
      guard count.contains(items.count) else {
        reading.complain(
          at: tree.location, "\(path)", "has \(items.count.grouped) elements",
          do: "give \(count.lowerBound.grouped) to \(count.upperBound.grouped)")
        return nil
      }
      let values = items.enumerated().map { kind.read($1, path.appending($0), reading) }
      let whole = values.compactMap { $0 }
      return whole.count == items.count ? whole : nil
    }
  }

  /// A word or number of one kind, or a map of another.
  static func either(scalar: Kind, section: Kind) -> Kind {
    Kind(notation: .either([scalar.notation, section.notation])) { tree, path, reading in
      tree.entries == nil
        ? scalar.read(tree, path, reading) : section.read(tree, path, reading)
    }
  }

  /// A value, or a word for having none.
  static func orNone<Wrapped>(_ word: String, _ kind: Kind<Wrapped>) -> Kind
  where Value == Wrapped? {
    let notation = Notation.either([kind.notation, .word([word])])
    return Kind(notation: notation) { tree, path, reading in
      if tree.text == word { return .some(nil) }
      if let text = tree.text, text.startsAsWord {
        reading.complain(
          at: tree.location, "\(path)", "is \(text.quotedForMessage)",
          do: Nearest.advice(for: text, amongWords: [word], or: notation))
        return nil
      }
      return kind.read(tree, path, reading).map { .some($0) }
    }
  }
}

/// A name with its weight among others.
struct Share: Sendable, Equatable {
  var name: String
  var weight: Double
}

extension Kind where Value == [Share] {
  /// One name, several names of equal weight, or a map from names to weights.
  static func shares(of what: String) -> Kind {
    let notation = Notation.shares(of: what)
    return Kind(notation: notation) { tree, path, reading in
      switch tree.content {
      case .scalar(let text) where !text.isEmpty:
        return [Share(name: text, weight: 1)]
      case .list(let items) where !items.isEmpty:
        let names = Kind<[String]>.list(of: .text(limit: 100), count: 1...10_000)
          .read(tree, path, reading)
        return names.flatMap { names in
          distinct(names, tree, path, reading)
            ? names.map { Share(name: $0, weight: 1) } : nil
        }
      case .map(let entries) where !entries.isEmpty:
        let weight = Kind<Double>.fraction(in: .above(0, to: 1e9))
        let shares = entries.map { entry in
          weight.read(entry.value, path.appending(entry.key), reading)
            .map { Share(name: entry.key, weight: $0) }
        }
        let whole = shares.compactMap { $0 }
        return whole.count == entries.count ? whole : nil
      default:
        reading.complain(
          at: tree.location, "\(path)", "has no value", do: "give \(notation.phrase)")
        return nil
      }
    }
  }

  private static func distinct(
    _ names: [String], _ tree: DocumentTree, _ path: DocumentPath, _ reading: Reading
  ) -> Bool {
    var isDistinct = true
    for (index, name) in names.enumerated() where names[..<index].contains(name) {
      let place = tree.location(of: DocumentPath(steps: [.index(index)]))
      reading.complain(
        at: place, "\(path.appending(index))", "names \(name.quotedForMessage) again",
        do: "name it once, or give weights as a map")
      isDistinct = false
    }
    return isDistinct
  }
}
