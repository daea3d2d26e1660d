public import EVM
import Quantities

/// What wallets see of a registry before they register.
extension World {
  /// Registrations that the window running at `timestamp` still takes; nil where the registry counts
  /// none, or closes for good instead of until the next window.
  public func registrationsLeft(of deployment: MarketDeployment, at timestamp: UInt64) -> Int? {
    guard code(of: deployment.hostRegistry) == .nodeRegistry, rules.registrationValidated,
      rules.registrationRecovers
    else { return nil }
    let registry = nodeRegistries[evm.instance(of: deployment.hostRegistry)]
    let end = registry.windowStart.current.slotBits + rules.registrationWindow
    let count = timestamp > end ? 0 : registry.registrationCount.current.slotBits
    return Int(rules.registrationLimit) - Int(min(count, rules.registrationLimit))
  }

  /// Whether a node's controller has so many that the registry calls it suspicious.
  public func isSuspicious(_ node: AccountID, in deployment: MarketDeployment) -> Bool {
    guard code(of: deployment.hostRegistry) == .nodeRegistry else { return false }
    let registry = nodeRegistries[evm.instance(of: deployment.hostRegistry)]
    let controller = registry.controller(of: node).current
    return !controller.isZero
      && UInt64(registry.controlledCount(of: controller).current) >= rules.sybilThreshold
  }
}
