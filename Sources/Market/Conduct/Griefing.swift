import Kernel
import Quantities

/// Renters of the host's own whose jobs it claims and gives up at once, to make the marketplace count
/// failures until it pauses.
public struct Griefing: ConductPart {
  public var puppets: Puppets

  public init(_ puppets: Puppets) { self.puppets = puppets }

  public static let declaration = ConductDeclaration(
    "griefing", absence: "fails nobody on purpose",
    "Claims jobs of renters of its own and fails them at once, to trip the breaker.",
    keys: Puppets.keys)

  public init(_ values: ConductValues) { self.init(Puppets(values)) }
}

extension Market {
  /// The host tells the contract that it has failed; the job is free again, and its renter takes it
  /// back.
  mutating func giveUp(_ id: JobID, at time: SimTime) {
    jobs[id].phase = .recovering
    jobs[id].isReported = true
    removeLoad(from: jobs[id].host, at: time)
    send(.giveUp, for: id, at: time)
  }

  mutating func givenUp(_ id: JobID, _ receipt: ChainReceipt, at time: SimTime) {
    guard receipt.isSuccess else {
      jobs[id].isReported = false
      return takeBack(id, at: time)
    }
    hostFailed(jobs[id].host, because: .deadline, at: time)
    send(.cancelJob, for: id, at: time)
  }
}
