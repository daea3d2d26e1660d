import Kernel
import Quantities
import Statistics

/// A waiting system with one line a class and several equal servers, on the event kernel.
///
/// Mean service time is one second; rates are per second.
struct QueueSystem {
  enum Service {
    case exponential
    case deterministic
    /// Squared coefficient of variation 1 / shape.
    case gamma(shape: Double)
    case lognormal(logDeviation: Double)
  }

  /// Of each class; class 0 is served first, without interrupting anybody.
  var arrivalRates: [Double]
  var servers = 1
  var service = Service.exponential
  /// Customers that the system holds; others are turned away.
  var room = Int.max
  /// Mean time for which a customer waits before leaving; nil: for ever.
  var patience: Double?
  /// Share of sojourns longer than this is counted.
  var sojournLimit = Double.infinity

  /// What one replication saw after its warm-up.
  struct Figures {
    /// Mean wait of each class, of those who were served.
    var waits: [Double] = []
    var shareWaiting = 0.0
    var shareOverLimit = 0.0
    var shareTurnedAway = 0.0
    var shareLeft = 0.0
    /// Time average of customers in the system, and of the time in which one is there.
    var customers = 0.0
    /// From empty to empty, in ticks: ∫N dt and Σ sojourns.
    var area: Int128 = 0
    var sojourns: Int128 = 0
  }

  private enum Event: DigestibleEvent {
    case arrived(kind: UInt32)
    case served(slot: UInt32)
    case reneged(slot: UInt32)

    var digestKey: UInt64 {
      switch self {
      case .arrived(let kind): UInt64(kind)
      case .served(let slot): 1 << 32 | UInt64(slot)
      case .reneged(let slot): 2 << 32 | UInt64(slot)
      }
    }
  }

  private struct Customer {
    var arrival: Int64
    var kind: UInt32
    var isWaiting: Bool
    var isCounted: Bool
    var ticket: Ticket?
  }

  /// Runs until `warmUp + count` customers have come and the last has gone.
  func run(
    seed: UInt64, replication: Int, warmUp: Int, count: Int, name: String
  ) -> Figures {
    func stream(_ purpose: String) -> RandomStream {
      StreamSource(seed: seed, replication: replication, name: "validate.\(name).\(purpose)")
        .stream()
    }
    var arrivals = arrivalRates.indices.map { stream("arrivals\($0)") }
    var services = stream("services")
    var patiences = stream("patience")
    var kernel = EventKernel<Event>()
    var slots: [Customer] = []
    var free: [UInt32] = []
    var lines = arrivalRates.map { _ in SlotLine() }
    var idle = servers
    var present = TimeWeightedLevel()
    var isWarm = warmUp == 0
    var seen = 0
    let total = warmUp + count
    var waitSums = [Double](repeating: 0, count: arrivalRates.count)
    var started = [Int](repeating: 0, count: arrivalRates.count)
    var counted = 0
    var (waited, turnedAway, left, over, departed) = (0, 0, 0, 0, 0)
    var sojourns: Int128 = 0

    func gap(_ kind: Int) -> SimDuration {
      SimDuration(rounding: arrivals[kind].exponential(mean: 1 / arrivalRates[kind]))
    }
    func serviceTime() -> SimDuration {
      switch service {
      case .exponential: SimDuration(rounding: services.standardExponential())
      case .deterministic: .seconds(1)
      case .gamma(let shape):
        SimDuration(rounding: services.gamma(shape: shape, scale: 1 / shape))
      case .lognormal(let deviation):
        SimDuration(
          rounding: services.lognormal(
            logMean: -deviation * deviation / 2, logDeviation: deviation))
      }
    }
    func begin(_ slot: UInt32, at time: SimTime) {
      idle -= 1
      let customer = slots[Int(slot)]
      slots[Int(slot)].isWaiting = false
      if let ticket = customer.ticket { kernel.cancel(ticket) }
      if customer.isCounted {
        let wait = time.nanoseconds - customer.arrival
        waitSums[Int(customer.kind)] += Double(wait) * 1e-9
        started[Int(customer.kind)] += 1
      }
      kernel.schedule(.served(slot: slot), after: serviceTime())
    }
    func leave(_ slot: UInt32, at time: SimTime) -> Int64 {
      present.add(-1, at: time)
      let sojourn = time.nanoseconds - slots[Int(slot)].arrival
      if slots[Int(slot)].isCounted { sojourns += Int128(sojourn) }
      return sojourn
    }

    for kind in arrivalRates.indices {
      kernel.schedule(.arrived(kind: UInt32(kind)), after: gap(kind))
    }
    while let (time, event) = kernel.next() {
      switch event {
      case .arrived(let kind):
        guard seen < total else { continue }
        seen += 1
        kernel.schedule(.arrived(kind: kind), after: gap(Int(kind)))
        if !isWarm, seen > warmUp {
          isWarm = true
          present.restart(at: time)
        }
        if isWarm { counted += 1 }
        if present.level >= room {
          if isWarm { turnedAway += 1 }
          continue
        }
        let slot: UInt32
        if let known = free.popLast() {
          slot = known
        } else {
          slot = UInt32(slots.count)
          slots.append(
            Customer(arrival: 0, kind: 0, isWaiting: false, isCounted: false, ticket: nil))
        }
        slots[Int(slot)] = Customer(
          arrival: time.nanoseconds, kind: kind, isWaiting: true, isCounted: isWarm, ticket: nil)
        present.add(1, at: time)
        if idle > 0 {
          begin(slot, at: time)
        } else {
          if isWarm { waited += 1 }
          lines[Int(kind)].append(slot)
          if let patience {
            slots[Int(slot)].ticket = kernel.schedule(
              .reneged(slot: slot),
              after: SimDuration(rounding: patiences.exponential(mean: patience)))
          }
        }
      case .reneged(let slot):
        guard slots[Int(slot)].isWaiting else { continue }
        slots[Int(slot)].isWaiting = false
        if slots[Int(slot)].isCounted { left += 1 }
        _ = leave(slot, at: time)
      case .served(let slot):
        let sojourn = leave(slot, at: time)
        if slots[Int(slot)].isCounted {
          departed += 1
          if Double(sojourn) * 1e-9 > sojournLimit { over += 1 }
        }
        free.append(slot)
        idle += 1
        search: for kind in lines.indices {
          while let next = lines[kind].popFirst() {
            if slots[Int(next)].isWaiting {
              begin(next, at: time)
              break search
            }
            // Left while waiting; only now does nothing refer to the slot any more.
            free.append(next)
          }
        }
      }
    }
    let end = kernel.now
    var figures = Figures()
    figures.waits = zip(waitSums, started).map { $0 / Double($1) }
    figures.shareWaiting = Double(waited) / Double(counted)
    figures.shareOverLimit = Double(over) / Double(departed)
    figures.shareTurnedAway = Double(turnedAway) / Double(counted)
    figures.shareLeft = Double(left) / Double(counted)
    figures.customers = present.mean(until: end)
    figures.area = present.area(until: end)
    figures.sojourns = sojourns
    return figures
  }

  /// Independent replications of `count` customers in all.
  func replications(
    _ count: Int, in number: Int = 20, warmUp: Int, _ effort: ValidationEffort, name: String
  ) -> [Figures] {
    let each = effort.count(count) / number
    return (0..<number).map { replication in
      run(
        seed: effort.seed &+ 1, replication: replication,
        warmUp: Swift.min(warmUp, 10 * each), count: Swift.max(each, 50), name: name)
    }
  }
}

/// A waiting line of slots, first come first served.
private struct SlotLine {
  private var slots: [UInt32] = []
  private var head = 0

  mutating func append(_ slot: UInt32) { slots.append(slot) }

  mutating func popFirst() -> UInt32? {
    guard head < slots.count else { return nil }
    defer { head += 1 }
    let slot = slots[head]
    if head > 1024, 2 * head > slots.count {
      slots.removeFirst(head)
      head = 0
    }
    return slot
  }
}
