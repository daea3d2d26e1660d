internal import Market
internal import Quantities

/// One element of `changes:`.
enum ChangeKeys {
  static let at = Key(
    "at", .duration(from: .zero, to: .days(3_650), example: "2h"),
    "When it begins, from the start of the run.")
  static let duration = Key(
    "for", .duration(from: .nanoseconds(1), to: .days(3_650), example: "30min"),
    optional: "it lasts", "How long it lasts; then what was before is back.")
  static let set = Key(
    "set", .settings, optional: "no key changes",
    "Keys of the scenario that may change and their new values, as in {chain.ethPrice: 1500 USD, "
      + "protocol.slash: 50%, renters.chat.patience: 30s}.")
  static let demand = Key(
    "demand", DemandKeys.shape.kind, optional: "demand stays",
    "Renters who ask more or less often.")
  static let outage = Key(
    "outage",
    .either(
      scalar: .word([("sequencer", WrittenOutage.sequencer)]), section: HostOutageKeys.shape.kind),
    optional: "nothing goes down", "What goes down: the chain's sequencer, or hosts.")

  static let shape = SectionShape<WrittenChange>(
    declaration: SectionDeclaration(
      name: "change", doc: "What becomes different during the run, for a time or for good.",
      keys: [
        at.declaration, duration.declaration, set.declaration, demand.declaration,
        outage.declaration,
      ])
  ) { section in
    let at = section.required(at)
    let duration = section.optional(duration)
    let settings = section.optional(set) ?? []
    let demand = section.optional(demand)
    let outage = section.optional(outage)
    if !["set", "demand", "outage"].contains(where: section.has) {
      section.reading.complain(
        at: section.tree.location, "\(section.path)", "changes nothing",
        do: "give it set, demand or outage")
      return nil
    }
    return at.map {
      WrittenChange(
        at: $0, duration: duration, settings: settings, demand: demand, outage: outage,
        path: section.path, location: section.location(of: "at"))
    }
  }
}

/// `demand: {renters: chat, factor: 300%}`.
enum DemandKeys {
  static let renters = Key(
    "renters", .name, optional: "every cohort", "Cohort of renters whose demand changes.")
  static let factor = Key(
    "factor", .fraction(in: .from(0, to: 1_000)), "Requests arrive so many times as often.")

  static let shape = SectionShape<WrittenDemand>(
    declaration: SectionDeclaration(
      name: "demand", doc: "Renters who ask more or less often than their arrivals say.",
      keys: [renters.declaration, factor.declaration])
  ) { section in
    let renters = section.optional(renters)
    let factor = section.required(factor)
    if section.has("renters"), renters == nil { return nil }
    return factor.map {
      WrittenDemand(renters: renters, factor: $0, location: section.location(of: "renters"))
    }
  }
}

/// `outage: {hosts: rack, region: eu, share: 60%}`.
enum HostOutageKeys {
  static let hosts = Key(
    "hosts", .name, optional: "every cohort", "Cohort of hosts that goes down.")
  static let region = Key("region", .name, optional: "every region", "Where they live.")
  static let share = Key(
    "share", .fraction(in: .above(0, to: 1)), standard: "100%",
    "Share of them, rounded to whole hosts; more of them for a larger share, never others.")

  static let shape = SectionShape<WrittenOutage>(
    declaration: SectionDeclaration(
      name: "host outage", doc: "Hosts that are down for a time, whatever they do by themselves.",
      keys: [hosts.declaration, region.declaration, share.declaration])
  ) { section in
    let hosts = section.optional(hosts)
    let region = section.optional(region)
    let share = section.standard(share)
    if section.has("hosts"), hosts == nil { return nil }
    if section.has("region"), region == nil { return nil }
    return .hosts(
      WrittenOutage.Hosts(
        cohort: hosts, cohortLocation: section.location(of: "hosts"), region: region,
        regionLocation: section.location(of: "region"), share: share))
  }
}
