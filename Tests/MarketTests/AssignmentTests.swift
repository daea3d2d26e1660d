import EVM
import Inference
import Kernel
import Quantities
import Testing

@testable import Market

/// Hosts in pools and what a linear scan over them would say.
private struct Board {
  var hosts: [Host]
  var served: [[HostPool.Key]]
  var assignment: Assignment

  /// Dear prompts, dear outputs, outputs only, and nothing at all.
  static let prices = [(3.0, 1.0), (1, 4), (0, 5), (0, 0)].map {
    HostCohort.Price(promptPerMillion: $0.0, outputPerMillion: $0.1)
  }

  static func key(
    model: UInt16 = 0, precision: UInt16 = 0, region: UInt16 = 0, memory: UInt16 = 24,
    limit: Int32 = 4_096, tariff: UInt16 = 0
  ) -> HostPool.Key {
    HostPool.Key(
      model: model, precision: precision, region: region, memoryGiB: memory, tokenLimit: limit,
      tariff: tariff)
  }

  init(_ policy: AssignmentPolicy, _ served: [[HostPool.Key]], limit: UInt32 = 1) {
    hosts = served.indices.map { index in
      Host(
        account: .zero, cohort: 0, region: 0, limit: limit, score: 100,
        server: ServerFleet.ServerID(rawValue: UInt32(index)))
    }
    self.served = served
    assignment = Assignment(
      policy: policy, hosts: &hosts, served: served, prices: Self.prices)
    for index in hosts.indices { refresh(index) }
  }

  mutating func refresh(_ index: Int) { assignment.refresh(hosts[index]) }

  func price(of prompt: Int32, _ output: Int32, at host: Int) -> Double {
    let price = Self.prices[Int(served[host][0].tariff)]
    return (Double(prompt) * price.promptPerMillion + Double(output) * price.outputPerMillion)
      * hosts[host].priceFactor
  }

  /// Anything goes: other models, precisions, regions, memories, limits, two services a host.
  static func disorderly(_ policy: AssignmentPolicy, hosts: Int, seed: UInt64) -> Board {
    var disorder = Disorder(state: seed)
    let served = (0..<hosts).map { _ in
      let region = UInt16(disorder.next(below: 3))
      let memory = UInt16([8, 24, 80][disorder.next(below: 3)])
      // Few of the hosts that ask nothing, or nobody else would ever be the cheapest.
      let tariff = policy == .cheapest ? [0, 0, 1, 1, 2, 2, 3][disorder.next(below: 7)] : 0
      return (0..<1 + disorder.next(below: 2)).map { service in
        key(
          model: UInt16(2 * disorder.next(below: 2) + service), precision: region % 2,
          region: region, memory: memory, limit: [1_000, 2_000][disorder.next(below: 2)],
          tariff: UInt16(tariff))
      }
    }
    return Board(policy, served)
  }

  static func requirement(_ disorder: inout Disorder) -> Eligibility.Requirement {
    Eligibility.Requirement(
      model: UInt16(disorder.next(below: 4)),
      precision: disorder.next(below: 2) == 0 ? nil : UInt16(disorder.next(below: 2)),
      region: disorder.next(below: 2) == 0 ? nil : UInt16(disorder.next(below: 3)),
      minGPUMemory: [0, 10, 40][disorder.next(below: 3)])
  }

  func suits(_ host: Int, _ requirement: Eligibility.Requirement, _ tokens: Int32) -> Bool {
    served[host].contains { key in
      key.model == requirement.model
        && (requirement.precision == nil || requirement.precision == key.precision)
        && (requirement.region == nil || requirement.region == key.region)
        && Int(key.memoryGiB) >= requirement.minGPUMemory && key.tokenLimit >= tokens
    }
  }

  func hasRoom(_ host: Int) -> Bool { hosts[host].isUp && hosts[host].load < hosts[host].limit }
}

@Suite("An assignment policy") struct AssignmentTests {
  private static let source = StreamSource(seed: 11, replication: 0, name: "assignment")

  @Test(
    "names only hosts that are up, have room and meet the requirement, and somebody if one is",
    arguments: [
      AssignmentPolicy.random, .race(contenders: 2), .cheapest, .powerOfTwo, .reputationWeighted,
    ])
  func requirements(policy: AssignmentPolicy) {
    var board = Board.disorderly(policy, hosts: 60, seed: 3)
    var disorder = Disorder(state: 17)
    var found = 0
    var nobody = 0
    for round in 0..<6_000 {
      let changed = disorder.next(below: 60)
      board.hosts[changed].outages = disorder.next(below: 4) > 0 ? 0 : 1
      board.hosts[changed].load = UInt32(disorder.next(below: 2))
      board.hosts[changed].score = UInt32(disorder.next(below: 300))
      if board.served[changed][0].tariff != 3 {
        board.hosts[changed].priceFactor = 0.25 * Double(1 + disorder.next(below: 9))
      }
      board.refresh(changed)
      let requirement = Board.requirement(&disorder)
      let tokens = Int32([900, 1_000, 1_001, 2_000, 2_001][disorder.next(below: 5)])
      let output = Int32(1 + disorder.next(below: 899))
      let kind = board.assignment.eligibility(for: requirement)
      var stream = Self.source.stream(event: UInt64(round))
      let choice = board.assignment.choose(
        for: kind, prompt: tokens - output, output: output, hosts: UniqueList(board.hosts),
        stream: &stream)
      let suitable = board.hosts.indices.filter { board.suits($0, requirement, tokens) }
      let free = suitable.filter {
        policy == .powerOfTwo ? board.hosts[$0].isUp : board.hasRoom($0)
      }
      #expect(board.assignment.canServe(kind, tokens: tokens) == !suitable.isEmpty)
      guard let choice else {
        #expect(free.isEmpty)
        nobody += 1
        continue
      }
      #expect(free.contains(Int(choice.index)))
      if policy == .cheapest {
        let prices = free.map { board.price(of: tokens - output, output, at: $0) }
        let least = prices.indices.min { prices[$0] < prices[$1] }
        #expect(
          Int(choice.index) == least.map { free[$0] }, "the lowest price, then the lowest number")
      }
      found += 1
    }
    #expect(found > 500 && nobody > 500)
  }

  @Test("random is uniform over pools of different sizes") func uniform() {
    // Seven hosts in three pools of sizes 1, 2 and 4.
    let regions: [UInt16] = [0, 1, 1, 2, 2, 2, 2]
    var board = Board(.random, regions.map { [Board.key(region: $0)] })
    let counts = draws(&board, 70_000)
    #expect(ChiSquare.accepts(counts, expected: [Double](repeating: 10_000, count: 7)))
  }

  @Test("reputationWeighted is proportional to the stored score, room or none, at least 1")
  func proportional() {
    let scores: [UInt32] = [100, 150, 50, 0, 300, 400, 10]
    var board = Board(
      .reputationWeighted, scores.indices.map { [Board.key(region: UInt16($0 % 3))] })
    for (host, score) in scores.enumerated() {
      board.hosts[host].score = score
      board.refresh(host)
    }
    board.hosts[4].load = 1
    board.refresh(4)
    let counts = draws(&board, 100_000)
    let total = 100.0 + 150 + 50 + 1 + 400 + 10
    let expected = [100.0, 150, 50, 1, 0, 400, 10].map { $0 / total * 100_000 }
    #expect(ChiSquare.accepts(counts, expected: expected))
  }

  @Test("powerOfTwo takes the shorter of two uniform draws") func shorterOfTwo() {
    // Loads in no order; the r-th shortest of n wins unless a shorter one is drawn:
    // ((n − r + 1)² − (n − r)²)/n².
    let loads: [UInt32] = [4, 0, 7, 2, 9, 5]
    var board = Board(.powerOfTwo, loads.map { [Board.key(region: UInt16($0 % 2))] })
    for (host, load) in loads.enumerated() {
      board.hosts[host].load = load
      board.refresh(host)
    }
    let counts = draws(&board, 72_000)
    let expected = loads.map { load in
      let longer = loads.count { $0 > load }
      return Double((longer + 1) * (longer + 1) - longer * longer) * 2_000
    }
    #expect(ChiSquare.accepts(counts, expected: expected))
  }

  private func draws(_ board: inout Board, _ count: Int) -> [Int] {
    let kind = board.assignment.eligibility(
      for: Eligibility.Requirement(model: 0, precision: nil, region: nil, minGPUMemory: 0))
    var counts = [Int](repeating: 0, count: board.hosts.count)
    for round in 0..<count {
      var stream = Self.source.stream(event: UInt64(round))
      guard
        let choice = board.assignment.choose(
          for: kind, prompt: 60, output: 40, hosts: UniqueList(board.hosts), stream: &stream)
      else { continue }
      counts[Int(choice.index)] += 1
    }
    #expect(counts.reduce(0, +) == count)
    return counts
  }
}

@Suite("The lines before full hosts") struct WaitingLineTests {
  /// A plain list of waiting jobs, scanned from the front.
  @Test("give a host the earliest job that it may serve, as a scan does", arguments: 1...8)
  func agreesWithScan(seed: Int) {
    var board = Board.disorderly(.random, hosts: 20, seed: UInt64(seed))
    var disorder = Disorder(state: UInt64(seed) + 100)
    var jobs = JobTable(capacity: 64)
    var plain: [(job: JobID, requirement: Eligibility.Requirement, tokens: Int32)] = []
    var number: UInt64 = 0
    var taken = 0
    for _ in 0..<4_000 {
      let requirement = Board.requirement(&disorder)
      let tokens = Int32([900, 1_500][disorder.next(below: 2)])
      let kind = board.assignment.eligibility(for: requirement)
      switch disorder.next(below: 3) {
      case 0 where board.assignment.canServe(kind, tokens: tokens):
        let job = jobs.insert(
          Job(
            arrivedAt: .zero, number: number, promptTokens: tokens - 1, outputTokens: 1,
            renter: RenterID(0), eligibility: kind))
        number += 1
        board.assignment.wait(job, in: &jobs)
        plain.append((job, requirement, tokens))
      case 1:
        let host = disorder.next(below: 20)
        let expected = plain.firstIndex { board.suits(host, $0.requirement, $0.tokens) }
        let job = board.assignment.nextWaiting(for: board.hosts[host], in: &jobs)
        #expect(job == expected.map { plain[$0].job })
        guard let job, let expected else { continue }
        if disorder.next(below: 3) == 0 {
          board.assignment.waitFirst(job, in: &jobs)
        } else {
          plain.remove(at: expected)
          jobs.remove(job)
          taken += 1
        }
      default:
        guard !plain.isEmpty, disorder.next(below: 4) == 0 else { continue }
        let gone = plain.remove(at: disorder.next(below: plain.count))
        #expect(board.assignment.leaveLine(gone.job, in: &jobs))
        #expect(!board.assignment.leaveLine(gone.job, in: &jobs))
        jobs.remove(gone.job)
      }
      #expect(board.assignment.waitingCount == plain.count)
    }
    #expect(taken > 200)
  }
}
