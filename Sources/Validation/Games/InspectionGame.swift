/// A host that may cheat against an inspector who may check, learning from each other's past.
///
/// An unseen cheat gains the host `gain`, a seen one costs it `loss`. A check costs `cost`; a cheat
/// found earns the inspector `reward`, one missed costs `damage`. All > 0.
struct InspectionGame {
  var gain: Double
  var loss: Double
  var cost: Double
  var reward: Double
  var damage: Double

  /// Shares of cheating and of checking at which neither side gains by changing.
  var mixedPoint: (cheating: Double, checking: Double) {
    (cost / (reward + damage), gain / (gain + loss))
  }

  /// Shares of rounds with a cheat and with a check when each side answers best to what the other has
  /// done so far, neither knowing the other's stakes.
  ///
  /// - Source: Brown 1951; for games of two by two such play converges (Miyasawa 1961).
  func fictitiousPlay(rounds: Int) -> (cheating: Double, checking: Double) {
    // What each side believes before the first round.
    var (cheats, checks) = (0.5, 0.5)
    for round in 1...rounds {
      let (x, y) = (cheats / Double(round), checks / Double(round))
      let cheat = (1 - y) * gain - y * loss > 0
      let check = x * (reward + damage) > cost
      if cheat { cheats += 1 }
      if check { checks += 1 }
    }
    return (cheats / Double(rounds + 1), checks / Double(rounds + 1))
  }
}
