/// How a posted job finds its host among those that may serve it.
public enum AssignmentPolicy: Sendable, Equatable {
  /// Free hosts race: `contenders` of them (≥ 1) send a claim and the first in the block wins.
  case race(contenders: Int)
  /// Uniform over hosts with room.
  case random
  /// Uniform over hosts with room of the region whose round trip to the renter's is shortest, among the
  /// regions that have any.
  case nearest
  /// Lowest asking price for the job's own prompt and output among hosts with room, before rounding;
  /// ties to the lower host number.
  case cheapest
  /// Two uniform draws; the one with fewer jobs takes it, room or not.
  case powerOfTwo
  /// Among hosts with room, with probability in proportion to the stored reputation score.
  case reputationWeighted
  /// Best score first among hosts with room, by the contract or by a model that the run keeps; ties to
  /// the lower host number.
  case reputation(by: ReputationChoice.Name)
}
