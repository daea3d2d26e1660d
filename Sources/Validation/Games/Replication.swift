/// Workers whose equal answers are believed once their weights say so.
///
/// - Source: iExec PoCo, Consensus: w = max(⌊score/3⌋, 3) − 1, and a fault leaves ⌊2·score/3⌋.
struct Replication {
  /// Trust asked for, ≥ 2.
  var trust: Int

  static func weight(ofScore score: Int) -> Int { max(score / 3, 3) - 1 }
  static func scoreAfterFault(_ score: Int) -> Int { score * 2 / 3 }

  /// Workers of one score who must agree, none disagreeing.
  func workers(ofScore score: Int) -> Int {
    var group = 1
    var workers = 0
    while group <= trust - 1 {
      group *= Self.weight(ofScore: score)
      workers += 1
    }
    return workers
  }
}
