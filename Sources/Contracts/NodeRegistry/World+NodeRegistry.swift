import EVM
import Quantities

/// A `NodeRegistry` as other contracts call it.
extension World {
  /// `getNode(account)`.
  mutating func node(
    _ account: AccountID, in registry: AccountID
  ) throws(CallFailure) -> NodeSummary {
    let call = try openCall(to: registry)
    do throws(CallFailure) {
      guard code(of: registry) == .nodeRegistry else { throw .empty }
      let node = try nodeRegistries[evm.instance(of: registry)].readNode(account, &self)
      close(call)
      return node
    } catch {
      throw rollBack(call, after: error)
    }
  }

  /// `getNodeController(node)`.
  mutating func nodeController(
    of node: AccountID, in registry: AccountID
  ) throws(CallFailure) -> AccountID {
    let call = try openCall(to: registry)
    do throws(CallFailure) {
      guard code(of: registry) == .nodeRegistry else { throw .empty }
      let contract = nodeRegistries[evm.instance(of: registry)]
      try compute(NodeRegistry.Compute.readController)
      let controller = try load(contract.controller(of: node))
      close(call)
      return controller
    } catch {
      throw rollBack(call, after: error)
    }
  }

  /// `getGovernance()`.
  mutating func registryGovernance(
    of registry: AccountID
  ) throws(CallFailure) -> AccountID {
    let call = try openCall(to: registry)
    do throws(CallFailure) {
      guard code(of: registry) == .nodeRegistry else { throw .empty }
      let contract = nodeRegistries[evm.instance(of: registry)]
      try compute(NodeRegistry.Compute.readGovernance)
      let governance = try load(contract.governance)
      close(call)
      return governance
    } catch {
      throw rollBack(call, after: error)
    }
  }
}
