import EVM
import Quantities

extension World {
  func decodedAccountEvent(_ event: Event) -> (String, [(String, ABIValue)]) {
    switch event {
    case .sessionKeyAdded(let wallet, let key, let expires):
      (
        "SessionKeyAdded",
        [("wallet", .address(wallet)), ("sessionKey", .address(key)), ("expires", .uint(expires))]
      )
    case .sessionKeyRevoked(let wallet, let key):
      ("SessionKeyRevoked", [("wallet", .address(wallet)), ("sessionKey", .address(key))])
    case .batchExecuted(let wallet, let operations):
      (
        "BatchExecuted",
        [("wallet", .address(wallet)), ("operations", .uint(UInt256(operations)))]
      )
    case .operationSponsored(let wallet, let paymaster, let gasUsed):
      (
        "GaslessTransactionSponsored",
        [
          ("wallet", .address(wallet)), ("paymaster", .address(paymaster)),
          ("gasUsed", .uint(gasUsed)),
        ]
      )
    case .streamCreated(let stream, let from, let to, let amount):
      (
        "PaymentStreamCreated",
        [
          ("streamId", .uint(stream)), ("from", .address(from)), ("to", .address(to)),
          ("amount", .uint(amount)),
        ]
      )
    case .streamWithdrawn(let stream, let amount):
      ("PaymentStreamWithdrawn", [("streamId", .uint(stream)), ("amount", .uint(amount))])
    case .streamCancelled(let stream): ("PaymentStreamCancelled", [("streamId", .uint(stream))])
    default: preconditionFailure("not an event of an account contract")
    }
  }
}
