import Contracts
import EVM
import Kernel
import Quantities
import Statistics

/// What the scenario changes while the market runs.
extension Market {
  /// Scheduled at genesis for the first phase, so that a change at the instant of a block comes first.
  mutating func prepareChanges() {
    for (index, point) in changes.points.enumerated() where .zero + point.at <= horizon {
      kernel.schedule(.changeDue(UInt32(index)), at: .zero + point.at, in: .chain)
    }
  }

  mutating func changeDue(_ index: UInt32, at time: SimTime) {
    let point = changes.points[Int(index)]
    let change = changes.list[point.change]
    if point.begins {
      let end = change.duration.map { time + $0 } ?? .distantFuture
      let replaced = apply(change.effect, number: point.change, until: end, at: time)
      changes.replaced[point.change] = replaced
    } else if let replaced = changes.replaced[point.change] {
      changes.replaced[point.change] = nil
      switch replaced {
      case .hostsDown: release(point.change, at: time)
      case .sequencerDown: break
      case .rule where !isInForce(change.effect): break
      default: _ = apply(replaced, number: point.change, until: .distantFuture, at: time)
      }
    }
    if tables.changes.isRecording { recordChange(change, begins: point.begins, at: time) }
  }

  /// Whether a rule is still what a change made it, and nobody has changed it since.
  private func isInForce(_ effect: MarketChange.Effect) -> Bool {
    guard case .rule(let key, let value) = effect else { return true }
    return ProtocolParameter.named(key)?.value(in: chain.world.rules) == value
  }

  /// - Returns: The effect that brings back what was.
  private mutating func apply(
    _ effect: MarketChange.Effect, number: Int, until end: SimTime, at time: SimTime
  ) -> MarketChange.Effect {
    switch effect {
    case .ethPrice(let price):
      let before = changes.prices.eth
      changeETHPrice(to: price)
      return .ethPrice(before)
    case .fabPrice(let price):
      let before = changes.prices.fab
      let slashed = hosts.indices.map { countedHost($0).slashed }
      changes.prices.changeFAB(to: price, slashedByHost: slashed)
      for index in hosts.indices { reconsiderTopUp(of: HostID(UInt32(index)), at: time) }
      return .fabPrice(before)
    case .backgroundLoad(let load):
      let before = changes.backgroundLoad
      changes.backgroundLoad = load
      chain.changeDemand(load, elasticity: configuration.chain.elasticity, at: time)
      return .backgroundLoad(before)
    case .priorityFee(let tip):
      let before = chain.tip
      chain.tip = tip
      return .priorityFee(before)
    case .l1BaseFee(let fee): return .l1BaseFee(chain.changeL1BaseFee(to: fee))
    case .blobBaseFee(let fee): return .blobBaseFee(chain.changeBlobBaseFee(to: fee))
    case .rule(let key, let value):
      guard let before = chain.changeRule(key, to: value) else {
        preconditionFailure("no contract follows \(key)")
      }
      rulesChanged(at: time)
      return .rule(key: key, value: before)
    case .checkRate(let rate):
      let before = checkRate
      checkRate = rate
      return .checkRate(before)
    case .patience(let cohort, let patience):
      let before = renterTerms[cohort].patience
      renterTerms[cohort].patience = patience
      return .patience(cohort: cohort, before)
    case .willingnessToPay(let cohort, let limit):
      let before = renterTerms[cohort].willingnessToPay
      renterTerms[cohort].willingnessToPay = limit ?? .infinity
      return .willingnessToPay(cohort: cohort, before.isFinite ? before : nil)
    case .demand:
      // The clocks of arrivals know their factors from the start.
      return effect
    case .hostsDown(let cohort, let region, let share):
      hold(number, cohort: cohort, region: region, share: share, at: time)
      return effect
    case .sequencerDown:
      chain.producer.stop(until: end)
      return effect
    }
  }

  private mutating func changeETHPrice(to price: Double) {
    let difference = changes.prices.eth - price
    interval.feesCorrection += interval.fees.eth * difference
    let rows = counted.gas.map { ($0.feeL2 + $0.feeL1).eth }
    let puppets = puppetSpending()
    let fees = hosts.indices.map {
      Double(countedHost($0).fees) * 1e-18 + (puppets.isEmpty ? 0 : puppets[$0].fees)
    }
    changes.prices.changeETH(to: price, feesByRow: rows, feesByHost: fees)
  }

  /// Takes down those of the hosts meant whose draws are smallest: more of them for a larger share,
  /// never others.
  private mutating func hold(
    _ change: Int, cohort: Int?, region: Int?, share: Double, at time: SimTime
  ) {
    var drawn: [(draw: Double, host: HostID)] = []
    for index in hosts.indices {
      if let cohort, Int(hosts[index].cohort) != cohort { continue }
      if let region, Int(hosts[index].region) != region { continue }
      var stream = streams.changes.stream(entity: UInt64(index), event: UInt64(change))
      drawn.append((stream.uniform(), HostID(UInt32(index))))
    }
    drawn.sort { ($0.draw, $0.host.index) < ($1.draw, $1.host.index) }
    let count = Int((share * Double(drawn.count)).rounded())
    changes.held[change] = drawn[..<count].map(\.host).sorted { $0.index < $1.index }
    for place in 0..<count { takeDown(changes.held[change][place], at: time) }
  }

  private mutating func release(_ change: Int, at time: SimTime) {
    let held = changes.held[change]
    changes.held[change] = []
    for host in held { bringUp(host, at: time) }
  }

  private mutating func recordChange(_ change: MarketChange, begins: Bool, at time: SimTime) {
    let (subject, value) = described(change.effect)
    tables.changes.row.append(time)
    tables.changes.row.append(begins ? "begins" : "ends")
    tables.changes.row.append(subject)
    tables.changes.row.append(value)
    tables.changes.endRow()
  }

  /// What changes and to what, as a scenario says it.
  private func described(_ effect: MarketChange.Effect) -> (subject: String, value: String) {
    func name(ofRenters cohort: Int) -> String { configuration.renters[cohort].name }
    switch effect {
    case .ethPrice(let price): return ("chain.ethPrice", "\(price) USD")
    case .fabPrice(let price): return ("chain.fabPrice", "\(price) USD")
    case .backgroundLoad(.constant(let load)): return ("chain.backgroundLoad", "\(load)")
    case .backgroundLoad(.diurnal(let mean, let amplitude, let peak)):
      return (
        "chain.backgroundLoad", "diurnal, mean \(mean), amplitude \(amplitude), peak hour \(peak)"
      )
    case .priorityFee(let fee): return ("chain.priorityFee", "\(fee.gwei) gwei")
    case .l1BaseFee(let fee): return ("chain.l1BaseFee", "\(fee.gwei) gwei")
    case .blobBaseFee(let fee): return ("chain.blobBaseFee", "\(fee.gwei) gwei")
    case .rule(let key, let value):
      let text = ProtocolParameter.named(key)?.text(of: value, under: chain.world.rules)
      return ("protocol.\(key)", text ?? "\(value)")
    case .checkRate(let rate): return ("verifiers.checkRate", "\(rate)")
    case .patience(let cohort, let patience):
      return (
        "renters.\(name(ofRenters: cohort)).patience",
        patience.description
      )
    case .willingnessToPay(let cohort, let limit):
      return (
        "renters.\(name(ofRenters: cohort)).willingnessToPay",
        limit.map { "\($0) USD/Mtoken" } ?? "unlimited"
      )
    case .demand(let cohort, let factor): return ("demand.\(name(ofRenters: cohort))", "\(factor)")
    case .hostsDown(let cohort, let region, let share):
      let hosts = cohort.map { configuration.hosts[$0].name } ?? "all hosts"
      let place = region.map { " in " + configuration.regions.names[$0] } ?? ""
      return ("outage", "\(hosts)\(place), share \(share)")
    case .sequencerDown: return ("outage", "sequencer")
    }
  }
}

extension MarketChain {
  mutating func changeDemand(
    _ load: ChainConfiguration.BackgroundLoad, elasticity: Double, at time: SimTime
  ) {
    pastDemands.append((until: time, demand: producer.demand))
    producer.demand = .elastic(
      load: BackgroundLoad(load), elasticity: elasticity, on: producer.parameters)
  }

  /// - Returns: The fee before.
  mutating func changeL1BaseFee(to fee: Wei) -> Wei {
    let before = l1Fees.price
    l1Fees.price = L1DataPrice(
      baseFeeScalar: before.baseFeeScalar, blobBaseFeeScalar: before.blobBaseFeeScalar,
      l1BaseFee: fee, blobBaseFee: before.blobBaseFee)
    return before.l1BaseFee
  }

  /// - Returns: The fee before.
  mutating func changeBlobBaseFee(to fee: Wei) -> Wei {
    let before = l1Fees.price
    l1Fees.price = L1DataPrice(
      baseFeeScalar: before.baseFeeScalar, blobBaseFeeScalar: before.blobBaseFeeScalar,
      l1BaseFee: before.l1BaseFee, blobBaseFee: fee)
    return before.blobBaseFee
  }

  /// - Returns: The value before; nil where no contract follows the rule.
  mutating func changeRule(_ key: String, to value: UInt256) -> UInt256? {
    guard let parameter = ProtocolParameter.named(key) else { return nil }
    let target = parameter.contracts.lazy.compactMap { [contracts] type in
      contracts.account(named: type.rawValue)
    }.first
    guard let target else { return nil }
    return world.changeRule(parameter, of: target, to: value, block: environment)
  }
}
