import Quantities

/// What must hold between rules that are each within their range.
extension ProtocolRules {
  /// A rule that contradicts others, and how to mend it.
  public struct Contradiction: Hashable, Sendable {
    /// Key of the parameter at fault.
    public let key: String
    public let whatHappened: String
    public let whatToDo: String
  }

  /// - Parameter base: Rules that these change; what those leave unused is no fault.
  public func contradictions(changing base: ProtocolRules) -> [Contradiction] {
    var found: [Contradiction] = []
    let changed = ProtocolParameter.all.filter { $0.value(in: self) != $0.value(in: base) }
    let keys = changed.map(\.key)
    for parameter in changed {
      guard let needs = parameter.needs, let needed = ProtocolParameter.named(needs),
        needed.value(in: self).isZero
      else { continue }
      found.append(
        Contradiction(
          key: parameter.key, whatHappened: "means nothing while \(needs) is false",
          whatToDo: "add \(needs): true, or remove it"))
    }
    if ejectBelow > minStake, let key = ["ejectBelow", "minStake"].first(where: keys.contains) {
      found.append(
        Contradiction(
          key: key,
          whatHappened: "puts ejectBelow above minStake",
          whatToDo: "keep ejectBelow at most minStake"
        ))
    }
    if minTimeToComplete >= maxTimeToComplete,
      let key = ["minTimeToComplete", "maxTimeToComplete"].first(where: keys.contains)
    {
      found.append(
        Contradiction(
          key: key, whatHappened: "leaves no time that a job may give its host",
          whatToDo: "keep minTimeToComplete below maxTimeToComplete"))
    }
    if arbiterAccuracy < 5_000, !arbiterIsAdversarial, keys.contains("arbiter.accuracy") {
      found.append(
        Contradiction(
          key: "arbiter.accuracy", whatHappened: "makes the arbiter worse than a coin",
          whatToDo: "keep it at 50% or above, or add adversarial: true beside it"))
    }
    if arbiterJurors % 2 == 0 {
      found.append(
        Contradiction(
          key: "arbiter.jurors", whatHappened: "is even, so that a vote can end in a tie",
          whatToDo: "write an odd number"))
    }
    if arbiterAccuracy >= 5_000, arbiterIsAdversarial, keys.contains("arbiter.adversarial") {
      found.append(
        Contradiction(
          key: "arbiter.adversarial",
          whatHappened: "is true of an arbiter who is no worse than a coin",
          whatToDo: "add an accuracy below 50% beside it, or remove it"))
    }
    return found
  }
}
