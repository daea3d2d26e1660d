/// The score of every host under one reputation model.
///
/// - Complexity: O(1) an experience and a reading, without allocation once the hosts are known; 16
///   bytes a host.
public struct ReputationLedger: Sendable {
  public let model: ReputationModel
  /// Beta: weight of good experiences; else the score.
  private var first: [Double] = []
  /// Beta: weight of bad experiences; else unused.
  private var second: [Double] = []
  /// EigenTrust: the record so far.
  private var dealings = Dealings()

  /// - Precondition: the model's parameters lie in their ranges.
  public init(_ model: ReputationModel) {
    switch model {
    case .contract(let initial):
      precondition((0...1).contains(initial), "a score lies in 0 ... 1")
    case .beta(let memory):
      precondition(memory > 0 && memory <= 1, "the memory lies in (0, 1]")
    case .ewma(let weight, let initial):
      precondition(weight > 0 && weight <= 1, "the weight lies in (0, 1]")
      precondition((0...1).contains(initial), "a score lies in 0 ... 1")
    case .eigenTrust: break
    }
    self.model = model
  }

  public var hostCount: Int { first.count }

  /// Gives the next host number to a newcomer.
  public mutating func admit() -> Int {
    switch model {
    case .contract(let initial), .ewma(_, let initial): first.append(initial)
    case .beta, .eigenTrust: first.append(0)
    }
    second.append(0)
    return first.count - 1
  }

  /// Takes in what a renter experienced: 1 for all well, 0 for all bad.
  ///
  /// The contract's score and EigenTrust learn otherwise: by `set` and `refresh`.
  public mutating func observe(quality: Double, of host: Int) {
    precondition(quality >= 0 && quality <= 1, "a quality lies in 0 ... 1")
    switch model {
    case .beta(let memory):
      first[host] = memory * first[host] + quality
      second[host] = memory * second[host] + 1 - quality
    case .ewma(let weight, _):
      first[host] += weight * (quality - first[host])
    case .contract, .eigenTrust:
      break
    }
  }

  /// The contract changed the host's score.
  ///
  /// - Precondition: the model is `.contract`.
  public mutating func set(score: Double, of host: Int) {
    guard case .contract = model else { preconditionFailure("only a contract sets scores") }
    precondition(score >= 0 && score <= 1, "a score lies in 0 ... 1")
    first[host] = score
  }

  /// Computes all scores anew from the record, if the model is one that does: the trust of each
  /// host over that of the most trusted.
  ///
  /// - Precondition: `record` is the one of the time before, with or without more entries.
  public mutating func refresh(from record: PublicRecord) {
    guard case .eigenTrust(let model) = model else { return }
    dealings.read(record)
    let trust = model.trust(from: dealings, hosts: hostCount)
    let most = trust.max() ?? 0
    for host in first.indices { first[host] = most > 0 ? trust[host] / most : 0 }
  }

  /// 0 … 1.
  public func score(of host: Int) -> Double {
    guard case .beta = model else { return first[host] }
    return (first[host] + 1) / (first[host] + second[host] + 2)
  }

  /// Shape `[hostCount]`.
  public var scores: [Double] { first.indices.map(score(of:)) }
}
