internal import Market

extension Kind where Value == String {
  /// A name that a catalogue knows.
  static func known(_ list: CatalogueList) -> Kind {
    scalar(.known(list)) { text, tree, path, reading in
      let names = list.names
      if names.contains(text) { return text }
      reading.complain(
        at: tree.location, "\(path)",
        "is \(text.quotedForMessage), which is not a known \(list.what)",
        do: Nearest.advice(for: text, among: names, what: "one of"))
      return nil
    }
  }
}

extension Kind where Value == ServedModel {
  /// `model@precision`, both known.
  static var servedModel: Kind {
    scalar(.servedModel) { text, tree, path, reading in
      ServedModel.reading(text, needsPrecision: true, at: tree.location, path, reading)
        .flatMap { model, precision in
          precision.map { ServedModel(model: model, precision: $0) }
        }
    }
  }
}

extension Kind where Value == [ServedModel] {
  /// One `model@precision` or a list of different ones.
  static var servedModels: Kind {
    let list = Kind.list(of: .servedModel, count: 1...64)
    let one = Kind<ServedModel>.servedModel
    let notation = Notation.either([one.notation, list.notation])
    return Kind(notation: notation) { tree, path, reading in
      guard let items = tree.items else { return one.read(tree, path, reading).map { [$0] } }
      guard let models = list.read(tree, path, reading) else { return nil }
      var isGood = true
      for (index, model) in models.enumerated() where models[..<index].contains(model) {
        isGood = false
        reading.complain(
          at: items[index].location, "\(path.appending(index))", "is listed again",
          do: "list it once")
      }
      return isGood ? models : nil
    }
  }
}

extension ServedModel {
  /// Splits `model@precision` and looks both up; the precision may be left out unless needed.
  static func reading(
    _ text: String, needsPrecision: Bool, at location: SourceLocation, _ path: DocumentPath,
    _ reading: Reading
  ) -> (model: String, precision: String?)? {
    let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
      .map(String.init)
    let models = CatalogueList.model.names
    let precisions = CatalogueList.precision.names
    var isGood = true
    if !models.contains(parts[0]) {
      isGood = false
      reading.complain(
        at: location, "\(path)",
        "is \(text.quotedForMessage), and \(parts[0].quotedForMessage) is not a known model",
        do: Nearest.advice(for: parts[0], among: models, what: "one of"))
    }
    guard parts.count == 2 else {
      if needsPrecision, isGood {
        reading.complain(
          at: location, "\(path)", "is \(text.quotedForMessage), which names no precision",
          do: "add one of @\(precisions.joined(separator: ", @"))")
      }
      return isGood && !needsPrecision ? (parts[0], nil) : nil
    }
    if !precisions.contains(parts[1]) {
      isGood = false
      reading.complain(
        at: location, "\(path)",
        "is \(text.quotedForMessage), and \(parts[1].quotedForMessage) is not a known precision",
        do: Nearest.advice(for: parts[1], among: precisions, what: "one of"))
    }
    return isGood ? (parts[0], parts[1]) : nil
  }
}
