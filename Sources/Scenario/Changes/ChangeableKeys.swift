internal import Contracts
internal import Market
internal import Quantities

/// The keys that `changes:` and `--fork-at` may set, and what each does to the running market.
enum ChangeableKeys {
  /// As advice lists them.
  static let names = [
    "chain.ethPrice", "chain.fabPrice", "chain.backgroundLoad", "chain.priorityFee",
    "chain.l1BaseFee", "chain.blobBaseFee",
    "a number of protocol (protocol.slash, protocol.fee, …)",
    "verifiers.checkRate", "renters.NAME.patience", "renters.NAME.willingnessToPay",
  ]

  /// - Returns: Nil after a complaint.
  static func effect(
    of setting: WrittenSetting, in configuration: MarketConfiguration, _ reading: Reading
  ) -> MarketChange.Effect? {
    func read<Value>(_ key: Key<Value>) -> Value? {
      key.kind.read(setting.value, setting.place, reading)
    }
    let keys = setting.path.steps.map { step in
      if case .key(let key) = step { key } else { "" }
    }
    let isOfRenters = keys.count == 3 && keys[0] == "renters"
    switch isOfRenters ? "renters.NAME.\(keys[2])" : keys.joined(separator: ".") {
    case "chain.ethPrice":
      return read(ChainKeys.ethPrice).map { .ethPrice($0) }
    case "chain.fabPrice":
      return read(ChainKeys.fabPrice).map { .fabPrice($0) }
    case "chain.backgroundLoad":
      return read(ChainKeys.backgroundLoad).map { .backgroundLoad($0) }
    case "chain.priorityFee":
      return read(ChainKeys.priorityFee).map { .priorityFee($0) }
    case "chain.l1BaseFee":
      return read(ChainKeys.l1BaseFee).map { .l1BaseFee($0) }
    case "chain.blobBaseFee":
      return read(ChainKeys.blobBaseFee).map { .blobBaseFee($0) }
    case "verifiers.checkRate":
      return checkRate(read(VerifierKeys.checkRate), setting, configuration, reading)
    case "renters.NAME.patience":
      guard let cohort = renters(setting.path.steps[1], setting, configuration, reading),
        let patience = read(RenterKeys.patience)
      else { return nil }
      return .patience(cohort: cohort, patience)
    case "renters.NAME.willingnessToPay":
      guard let cohort = renters(setting.path.steps[1], setting, configuration, reading),
        let limit = read(RenterKeys.willingnessToPay)
      else { return nil }
      return .willingnessToPay(cohort: cohort, limit)
    case let dotted where dotted.hasPrefix("protocol."):
      return rule(String(dotted.dropFirst("protocol.".count)), setting, configuration, reading)
    default:
      refuse(setting, configuration, reading)
      return nil
    }
  }

  private static func refuse(
    _ setting: WrittenSetting, _ configuration: MarketConfiguration, _ reading: Reading
  ) {
    reading.complain(
      at: setting.location, "\(setting.place)", "sets what cannot change during a run",
      do: nearest(to: setting, configuration).map { "did you mean \"\($0)\"?" }
        ?? "change one of \(names.joined(separator: ", "))")
  }

  /// Nil for a key that the scenario has, which nobody mistyped.
  private static func nearest(
    to setting: WrittenSetting, _ configuration: MarketConfiguration
  ) -> String? {
    if ScenarioKeys.shape.declaration.holds(setting.path.steps[...]) { return nil }
    let ofRenters = ["patience", "willingnessToPay"].flatMap { key in
      configuration.renters.map { "renters.\($0.name).\(key)" }
    }
    let ofRules = ProtocolParameter.all.filter(isChangeable).map { "protocol.\($0.key)" }
    let plain = names.filter { !$0.contains(" ") && !$0.contains("NAME") }
    return Nearest.name(to: setting.writtenPath, among: plain + ofRenters + ofRules)
  }

  private static func rule(
    _ key: String, _ setting: WrittenSetting, _ configuration: MarketConfiguration,
    _ reading: Reading
  ) -> MarketChange.Effect? {
    let rules = ProtocolParameter.all.filter(isChangeable)
    guard let parameter = ProtocolParameter.named(key) else {
      reading.complain(
        at: setting.location, "\(setting.place)", "names no rule of the protocol",
        do: Nearest.advice(for: key, among: rules.map(\.key), what: "one of"))
      return nil
    }
    let profile = configuration.rules.profile
    guard parameter.exists(in: profile) else {
      reading.complain(
        at: setting.location, "\(setting.place)",
        "is a key that profile \(profile.rawValue) lacks", do: "remove it")
      return nil
    }
    guard isChangeable(parameter) else {
      reading.complain(
        at: setting.location, "\(setting.place)",
        "is settled when the contracts are deployed and cannot change during a run",
        do: "change a number that a contract keeps, such as slash, fee or minStake")
      return nil
    }
    let written = ProtocolSetting.key(named: key, parameter).kind
      .read(setting.value, setting.place, reading)?.first
    guard let written else { return nil }
    written.checkUnit(under: configuration.rules.values, reading)
    return .rule(key: key, value: written.value)
  }

  /// Switches and choices are what contracts are; numbers are what proposals change.
  private static func isChangeable(_ parameter: ProtocolParameter) -> Bool {
    if parameter.contracts.isEmpty { return false }
    switch parameter.measure {
    case .flag, .choice: return false
    case .count, .time, .share, .amount: return true
    }
  }

  private static func checkRate(
    _ rate: Double?, _ setting: WrittenSetting, _ configuration: MarketConfiguration,
    _ reading: Reading
  ) -> MarketChange.Effect? {
    guard let rate else { return nil }
    if rate > 0, configuration.verifiers.count == 0 {
      reading.complain(
        at: setting.location, "\(setting.place)", "asks for checks, and nobody verifies",
        do: "give verifiers a count of 1 or more")
      return nil
    }
    return .checkRate(rate)
  }

  private static func renters(
    _ step: DocumentPath.Step, _ setting: WrittenSetting, _ configuration: MarketConfiguration,
    _ reading: Reading
  ) -> Int? {
    switch step {
    case .index(let index):
      if configuration.renters.indices.contains(index) { return index }
      reading.complain(
        at: setting.location, "\(setting.place)",
        "names renters[\(index)] of \(configuration.renters.count), counted from 0",
        do: "name a cohort that the scenario has")
      return nil
    case .key(let name):
      return configuration.renters.map(\.name).position(
        of: name, "renters", at: setting.location, "\(setting.place)", reading)
    }
  }
}

extension [String] {
  /// Nil after a complaint.
  func position(
    of name: String, _ list: String, at location: SourceLocation, _ place: String,
    _ reading: Reading
  ) -> Int? {
    if let index = firstIndex(of: name) { return index }
    reading.complain(
      at: location, place, "names \(name.quotedForMessage), which is none of the \(list)",
      do: Nearest.advice(for: name, among: self, what: "one of"))
    return nil
  }
}
