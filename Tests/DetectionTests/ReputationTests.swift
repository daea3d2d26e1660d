import Detection
import Quantities
import Testing

@Suite("A reputation") struct ReputationTests {
  private static func ledger(_ model: ReputationModel) -> ReputationLedger {
    var ledger = ReputationLedger(model)
    #expect(ledger.admit() == 0)
    return ledger
  }

  @Test("by Beta is (r + 1)/(r + s + 2)", arguments: [(8, 2, 0.75), (90, 10, 0.892157)])
  func beta(good: Int, bad: Int, expected: Double) {
    var ledger = Self.ledger(.beta(memory: 1))
    #expect(ledger.score(of: 0) == 0.5)
    for _ in 0..<good { ledger.observe(quality: 1, of: 0) }
    for _ in 0..<bad { ledger.observe(quality: 0, of: 0) }
    #expect(abs(ledger.score(of: 0) - expected) < 1e-6)
  }

  @Test("by Beta remembers 1/(1 − memory) experiences") func forgetting() {
    var ledger = Self.ledger(.beta(memory: 0.9))
    for _ in 0..<1_000 { ledger.observe(quality: 1, of: 0) }
    #expect(abs(ledger.score(of: 0) - 11.0 / 12) < 1e-9)
  }

  @Test("by EWMA halves the distance to what it sees at weight ½") func ewma() {
    var ledger = Self.ledger(.ewma(weight: 0.5, initial: 0))
    for _ in 0..<3 { ledger.observe(quality: 1, of: 0) }
    #expect(ledger.score(of: 0) == 0.875)
  }

  @Test("of the contract is what the contract says") func contract() {
    var ledger = Self.ledger(.contract(initial: 0.5))
    ledger.observe(quality: 0, of: 0)
    #expect(ledger.scores == [0.5])
    ledger.set(score: 0.8, of: 0)
    #expect(ledger.scores == [0.8])
  }

  @Test("by EigenTrust follows the ratings of the seeds' customers") func eigenTrust() {
    var ledger = Self.ledger(.eigenTrust(EigenTrust(seeds: [0])))
    for host in 1..<3 { #expect(ledger.admit() == host) }
    var record = PublicRecord()
    record.recordPayment(renter: 0, host: 0, amount: 1, at: .zero)
    record.recordRating(renter: 0, host: 1, stars: 5, at: .zero)
    record.recordRating(renter: 0, host: 2, stars: 5, at: .zero)
    record.recordRating(renter: 0, host: 2, stars: 1, at: .zero)
    ledger.refresh(from: record)
    #expect(ledger.score(of: 0) == 1 && ledger.score(of: 2) == 0)
    #expect(ledger.score(of: 1) > 0.5 && ledger.score(of: 1) < 1)
  }
}
