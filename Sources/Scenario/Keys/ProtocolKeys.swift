internal import Contracts
internal import Market

/// `protocol:`, the profile and every rule of it that a scenario changes.
///
/// The keys are the rows of `ProtocolParameter.all`; `arbiter.delay` is the key `delay` of the map
/// `arbiter`.
enum ProtocolKeys {
  static let profile = Key(
    "profile", Kind<ProtocolProfile>.choice, standard: "documented",
    "Which contracts run, and by which rules; marketsim list protocol compares them.")

  static let shape = SectionShape<ProtocolConfiguration>(
    declaration: SectionDeclaration(
      name: "protocol",
      doc: "The contracts that the market runs on. What is left out is as in the profile.",
      keys: [profile.declaration] + members.map(\.declaration)),
    make: make)

  private static let make: @Sendable (Section) -> ProtocolConfiguration? = { section in
    let profile = section.standard(profile)
    var configuration = ProtocolConfiguration(profile: profile)
    var settings: [ProtocolSetting] = []
    for member in members {
      guard let entry = section.tree.entry(member.declaration.name) else { continue }
      let found = section.optional(member) ?? []
      if member.exists(in: profile) {
        settings += found
      } else {
        section.reading.complain(
          at: entry.keyLocation, "\(section.path.appending(entry.key))",
          "is a key that profile \(profile.rawValue) lacks",
          do: "remove it, or choose a profile that has it: \(member.profiles)")
      }
    }
    for setting in settings { setting.parameter.set(setting.value, in: &configuration.values) }
    for setting in settings {
      setting.checkUnit(under: configuration.values, section.reading)
    }
    for contradiction in configuration.values.contradictions(changing: profile.rules) {
      guard let setting = settings.first(where: { $0.parameter.key == contradiction.key }) else {
        continue
      }
      section.reading.complain(
        at: setting.location, "\(setting.path)", contradiction.whatHappened,
        do: contradiction.whatToDo)
    }
    return configuration
  }

  /// Rules that a proposal may change: those that a contract follows.
  static let updates = SectionShape<[ProtocolSetting]>(
    declaration: SectionDeclaration(
      name: "change of rules", doc: "Rules of the protocol and their new values.",
      keys: changeable.map(\.declaration))
  ) { section in changeable.flatMap { section.optional($0) ?? [] } }

  private static let changeable = members.filter { member in
    let parameters = ProtocolParameter.all.filter {
      $0.key == member.declaration.name || $0.key.hasPrefix(member.declaration.name + ".")
    }
    return parameters.contains { $0.exists(in: .documented) && !$0.contracts.isEmpty }
  }

  /// Keys of the section, in the order of the table; a group stands where its first member does.
  private static let members: [Key<[ProtocolSetting]>] = {
    var keys: [Key<[ProtocolSetting]>] = []
    for parameter in ProtocolParameter.all {
      let parts = parameter.key.split(separator: ".").map(String.init)
      guard parts.count == 2 else {
        keys.append(ProtocolSetting.key(named: parameter.key, parameter))
        continue
      }
      if keys.contains(where: { $0.declaration.name == parts[0] }) { continue }
      let group = ProtocolParameter.all.filter { $0.key.hasPrefix(parts[0] + ".") }
      keys.append(ProtocolSetting.group(named: parts[0], group))
    }
    return keys
  }()
}

extension Key where Value == [ProtocolSetting] {
  /// Parameters of this key: one, or those of a group.
  private var parameters: [ProtocolParameter] {
    let name = declaration.name
    return ProtocolParameter.all.filter { $0.key == name || $0.key.hasPrefix(name + ".") }
  }

  fileprivate func exists(in profile: ProtocolProfile) -> Bool {
    parameters.contains { $0.exists(in: profile) }
  }

  fileprivate var profiles: String {
    ProtocolProfile.allCases.filter(exists).map(\.rawValue).joined(separator: ", ")
  }
}
