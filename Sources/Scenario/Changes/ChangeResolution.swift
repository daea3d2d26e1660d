internal import Contracts
internal import Market
internal import Quantities

/// Turns written changes into those of a configuration, whose people and rules they name.
struct ChangeResolution {
  let configuration: MarketConfiguration
  let reading: Reading
  private var found: [(change: MarketChange, subject: String, written: WrittenChange)] = []

  init(_ configuration: MarketConfiguration, _ reading: Reading) {
    self.configuration = configuration
    self.reading = reading
  }

  /// In the order of the list; incomplete after complaints.
  mutating func resolve(_ list: [WrittenChange]) -> [MarketChange] {
    for written in list {
      checkTime(of: written)
      addSettings(of: written)
      if let demand = written.demand { add(demand, written) }
      if let outage = written.outage { add(outage, written) }
    }
    checkOverlaps()
    checkOutages(list)
    if reading.errors.isEmpty { checkRules() }
    return found.map(\.change)
  }

  private func checkTime(of written: WrittenChange) {
    if written.at < configuration.duration { return }
    reading.complain(
      at: written.location, "\(written.path.appending("at"))",
      "is \(written.at.written), and the run is over after \(configuration.duration.written)",
      do: "write an earlier time, or a longer duration")
  }

  private mutating func add(
    _ effect: MarketChange.Effect, _ subject: String, _ written: WrittenChange
  ) {
    found.append(
      (
        MarketChange(at: written.at, duration: written.duration, effect: effect), subject, written
      ))
  }

  private mutating func addSettings(of written: WrittenChange) {
    for setting in written.settings {
      guard let effect = ChangeableKeys.effect(of: setting, in: configuration, reading) else {
        continue
      }
      let subject =
        switch effect {
        case .patience(let cohort, _): "renters[\(cohort)].patience"
        case .willingnessToPay(let cohort, _): "renters[\(cohort)].willingnessToPay"
        default: "\(setting.path)"
        }
      add(effect, subject, written)
    }
  }

  private mutating func add(_ demand: WrittenDemand, _ written: WrittenChange) {
    let names = configuration.renters.map(\.name)
    var cohorts = Array(names.indices)
    let place = "\(written.path.appending("demand").appending("renters"))"
    if let name = demand.renters {
      guard
        let cohort = names.position(of: name, "renters", at: demand.location, place, reading)
      else { return }
      cohorts = [cohort]
    }
    for cohort in cohorts {
      if case .trace = configuration.renters[cohort].arrivals {
        reading.complain(
          at: demand.location, place,
          "changes how often \(names[cohort]) ask, whose arrivals are those of a recording",
          do: "name another cohort, or resample the recording")
        continue
      }
      add(.demand(cohort: cohort, factor: demand.factor), "demand of \(names[cohort])", written)
    }
  }

  private mutating func add(_ outage: WrittenOutage, _ written: WrittenChange) {
    guard case .hosts(let hosts) = outage else {
      return add(.sequencerDown, "the sequencer", written)
    }
    let path = written.path.appending("outage")
    var cohort: Int?
    var region: Int?
    if let name = hosts.cohort {
      cohort = configuration.hosts.map(\.name).position(
        of: name, "hosts", at: hosts.cohortLocation, "\(path.appending("hosts"))", reading)
      if cohort == nil { return }
    }
    if let name = hosts.region {
      region = configuration.regions.names.position(
        of: name, "regions", at: hosts.regionLocation, "\(path.appending("region"))", reading)
      if region == nil { return }
    }
    // Hosts may be down for several reasons, so such outages have no subject that they must share.
    add(.hostsDown(cohort: cohort, region: region, share: hosts.share), "", written)
  }

  /// What a change replaces must still be there to come back when it ends.
  private func checkOverlaps() {
    for (index, later) in found.enumerated() where !later.subject.isEmpty {
      let earlier = found.enumerated().first { place, other in
        guard place != index, other.subject == later.subject else { return false }
        if other.change.at == later.change.at { return place < index }
        guard other.change.at < later.change.at, let duration = other.change.duration else {
          return false
        }
        return later.change.at < other.change.at + duration
      }
      guard let earlier else { continue }
      reading.complain(
        at: later.written.location, "\(later.written.path)",
        "changes \(later.subject) while \(earlier.element.written.path) does",
        do: "let one end before the other begins")
    }
  }

  private func checkOutages(_ list: [WrittenChange]) {
    let count = found.count { if case .hostsDown = $0.change.effect { true } else { false } }
    if count <= 200 { return }
    reading.complain(
      at: list[0].location, "changes", "names \(count) outages of hosts", do: "name at most 200")
  }

  /// Rules must agree with each other at every moment of the run.
  private func checkRules() {
    var rules = configuration.rules.values
    var replaced: [Int: UInt256] = [:]
    var points: [(at: SimDuration, begins: Bool, index: Int)] = []
    for (index, entry) in found.enumerated() {
      points.append((entry.change.at, true, index))
      if let duration = entry.change.duration {
        points.append((entry.change.at + duration, false, index))
      }
    }
    points.sort { ($0.at, $0.begins ? 1 : 0, $0.index) < ($1.at, $1.begins ? 1 : 0, $1.index) }
    let rulePoints = points.filter {
      if case .rule = found[$0.index].change.effect { true } else { false }
    }
    for (place, point) in rulePoints.enumerated() {
      guard case .rule(let key, let value) = found[point.index].change.effect,
        let parameter = ProtocolParameter.named(key)
      else { continue }
      if point.begins { replaced[point.index] = parameter.value(in: rules) }
      parameter.set(point.begins ? value : replaced[point.index] ?? value, in: &rules)
      // Changes of one instant are judged together.
      if place + 1 < rulePoints.count, rulePoints[place + 1].at == point.at { continue }
      let profile = configuration.rules.profile.rules
      for contradiction in rules.contradictions(changing: profile) {
        let written = found[point.index].written
        reading.complain(
          at: written.location, "\(written.path)", contradiction.whatHappened,
          do: contradiction.whatToDo)
      }
    }
  }
}
