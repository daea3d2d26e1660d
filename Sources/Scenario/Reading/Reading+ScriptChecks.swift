internal import Contracts
internal import Market
internal import Quantities

/// What a script's people, steps and results ask of each other.
extension Reading {
  /// Names in a script must be somebody's, results of a step above, and times in order.
  func checkScript(_ configuration: MarketConfiguration, _ tree: DocumentTree) {
    checkActors(configuration, tree)
    let profile = configuration.rules.profile
    let contracts = MarketDeployment.names(in: profile)
    let people = configuration.script.actors.map(\.name) + MarketDeployment.officials
    var last = SimDuration.zero
    var results: [String] = []
    for (index, step) in configuration.script.steps.enumerated() {
      let path = DocumentPath.top.appending("script").appending("steps").appending(index)
      if !people.contains(step.from) {
        complain(
          path.appending("from"), tree, "is \(step.from.quotedForMessage), nobody's name",
          do: Nearest.advice(for: step.from, among: people, what: "one of"))
      }
      if !contracts.contains(step.contract) {
        complain(
          path.appending("call"), tree,
          "calls \(step.contract), which profile \(profile.rawValue) does not deploy",
          do: "call one of \(Nearest.list(contracts))")
      }
      for (number, argument) in step.arguments.enumerated() {
        let place = path.appending("arguments").appending(number)
        checkNames(in: argument, among: people + contracts, at: place, tree)
        checkResults(in: argument, among: results, at: place, tree)
      }
      if let returned = step.returns {
        checkNames(in: returned, among: people + contracts, at: path.appending("returns"), tree)
      }
      if step.at < last {
        complain(path.appending("at"), tree, "is before the step above", do: "put steps in order")
      }
      last = step.at
      checkBeforeEnd(step.at, path.appending("at"), configuration, tree)
      if let result = step.result { results.append(result) }
    }
  }

  /// What is due at the end finds no block any more.
  func checkBeforeEnd(
    _ at: SimDuration, _ path: DocumentPath, _ configuration: MarketConfiguration,
    _ tree: DocumentTree
  ) {
    if at < configuration.duration { return }
    complain(
      path, tree,
      "is \(at.written), and the run is over after \(configuration.duration.written)",
      do: "write an earlier time, or a longer duration")
  }

  /// A step that names somebody must mean one person.
  private func checkActors(_ configuration: MarketConfiguration, _ tree: DocumentTree) {
    let taken = MarketDeployment.officials + MarketDeployment.names(in: configuration.rules.profile)
    let list = DocumentPath.top.appending("script").appending("actors")
    let names = configuration.script.actors.map(\.name)
    for (index, name) in names.enumerated() {
      let path = list.appending(index).appending("name")
      if taken.contains(name) {
        complain(
          path, tree, "is \"\(name)\", whom every script knows already", do: "write another name")
      } else if let first = names[..<index].firstIndex(of: name) {
        complain(
          path, tree, "is \"\(name)\", the name of \(list.appending(first))",
          do: "give each actor its own name")
      }
    }
  }

  private func checkNames(
    in argument: ScriptConfiguration.Argument, among known: [String], at path: DocumentPath,
    _ tree: DocumentTree
  ) {
    for name in argument.names where !known.contains(name) {
      complain(
        path, tree, "names \(name.quotedForMessage), whom nobody knows",
        do: Nearest.advice(for: name, among: known, what: "one of"))
    }
  }

  /// - Parameter known: Results of the steps above.
  private func checkResults(
    in argument: ScriptConfiguration.Argument, among known: [String], at path: DocumentPath,
    _ tree: DocumentTree
  ) {
    for name in argument.results where !known.contains(name) {
      complain(
        path, tree, "asks for $\(name), which no step above gives as its result",
        do: known.isEmpty
          ? "add result: \(name) to the step that returns it"
          : Nearest.advice(for: "$" + name, among: known.map { "$" + $0 }, what: "one of"))
    }
  }
}

extension ScriptConfiguration.Argument {
  /// Accounts that it names.
  fileprivate var names: [String] {
    switch self {
    case .account(let name): [name]
    case .list(let list), .encoded(_, let list): list.flatMap(\.names)
    default: []
    }
  }

  /// Steps whose results it asks for.
  fileprivate var results: [String] {
    switch self {
    case .result(let name): [name]
    case .list(let list), .encoded(_, let list): list.flatMap(\.results)
    default: []
    }
  }
}
