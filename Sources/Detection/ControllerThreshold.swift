/// Accuses hosts whose controller has registered many nodes.
///
/// It sees only who signed: one registration by an account of its own for each node defeats it.
public struct ControllerThreshold: Hashable, Sendable {
  /// Nodes of one controller from which on all of them are flagged.
  public var threshold: Double

  public init(threshold: Double = 5) { self.threshold = threshold }

  /// Hosts that share the host's controller, itself included; 0 without a controller.
  ///
  /// - Returns: Shape `[hosts]`.
  /// - Complexity: O(registrations).
  public func scores(of record: PublicRecord, hosts: Int) -> [Double] {
    var controllers = [UInt32?](repeating: nil, count: hosts)
    var nodes = [Double](repeating: 0, count: record.walletCount)
    for registration in record.registrations where Int(registration.host) < hosts {
      guard let controller = registration.controller,
        controllers[Int(registration.host)] == nil
      else { continue }
      controllers[Int(registration.host)] = controller
      nodes[Int(controller)] += 1
    }
    return controllers.map { controller in controller.map { nodes[Int($0)] } ?? 0 }
  }
}
