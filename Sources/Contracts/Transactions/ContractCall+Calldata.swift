import EVM
import Quantities

/// Size of a call's ABI encoding, counted from the typed arguments by rule.
///
/// The selectors of all calls here have four bytes other than zero. A test holds the rule to the
/// encoding itself.
struct CalldataSize: BitwiseCopyable {
  var bytes: Int
  var nonzeroBytes: Int

  /// A selector.
  static var selector: CalldataSize { CalldataSize(bytes: 4, nonzeroBytes: 4) }

  var price: Int64 {
    Int64(truncatingIfNeeded: bytes) &* GasSchedule.calldataZeroByte
      &+ Int64(truncatingIfNeeded: nonzeroBytes)
      &* (GasSchedule.calldataNonzeroByte - GasSchedule.calldataZeroByte)
  }

  @inline(__always) mutating func add(_ word: UInt256) {
    bytes &+= 32
    nonzeroBytes &+= word.nonzeroByteCount
  }

  @inline(__always) mutating func add(_ number: UInt64) {
    bytes &+= 32
    nonzeroBytes &+= number.nonzeroByteCount
  }

  @inline(__always) mutating func add(_ account: AccountID, _ world: borrowing World) {
    bytes &+= 32
    nonzeroBytes &+= 20 - world.evm.zeroBytes(of: account)
  }

  /// The tail of a string: its length word and its padded bytes.
  @inline(__always) mutating func add(_ string: StringID, _ world: borrowing World) {
    let length = world.length(of: string)
    add(UInt64(truncatingIfNeeded: length))
    bytes &+= (length &+ 31) & ~31
    nonzeroBytes &+= world.evm.strings.nonzeroCount(of: string)
  }

  @inline(__always) mutating func add(_ tail: CallBytes) {
    add(UInt64(tail.length))
    bytes &+= (Int(tail.length) + 31) & ~31
    nonzeroBytes &+= Int(tail.nonzeroCount)
  }
}

extension World {
  /// Mutating though it only reads: a call that only borrows a value as large as the world copies it.
  @inline(__always) mutating func calldata(of call: ContractCall) -> CalldataSize {
    var size = CalldataSize.selector
    switch call {
    case .sendETH: return CalldataSize(bytes: 0, nonzeroBytes: 0)
    case .unregisterNode: break
    case .approve(let account, let amount), .transfer(let account, let amount):
      size.add(account, self)
      size.add(amount)
    case .registerNode(let text), .updateMetadata(let text):
      size.add(UInt64(32))
      size.add(text, self)
    case .stake(let amount): size.add(amount)
    case .postJobWithToken(let posting, let token, let amount):
      size.add(posting, headWords: 7, self)
      size.add(token, self)
      size.add(amount)
    case .claimJob(let job): size.add(job)
    case .completeJob(let job, let result, let proof):
      size.add(job)
      size.add(UInt64(96))
      size.add(UInt64(truncatingIfNeeded: 128 &+ paddedLength(of: result)))
      size.add(result, self)
      size.add(proof)
    case .rateHost(let host, let job, let rating, let feedback):
      size.add(host, self)
      size.add(job)
      size.add(UInt64(rating))
      size.add(UInt64(128))
      size.add(feedback, self)
    case .market(let call): return calldata(of: call)
    case .registry(let call): return calldata(of: call)
    case .account(let call): return calldata(of: call)
    case .governance(let call): return calldata(of: call)
    case .proof(let call): return calldata(of: call)
    }
    return size
  }
}

extension CalldataSize {
  /// Offset of the details, the four requirements in place, and the details with their strings.
  ///
  /// - Parameter headWords: Words of the call before the details.
  @inline(__always) mutating func add(
    _ posting: JobPosting, headWords: Int, _ world: borrowing World
  ) {
    add(UInt64(truncatingIfNeeded: headWords &* 32))
    add(requirements: posting)
    add(details: posting, world)
  }

  @inline(__always) mutating func add(requirements posting: JobPosting) {
    add(UInt64(posting.minGPUMemory))
    add(posting.minReputationScore)
    add(posting.maxTimeToComplete)
    add(UInt64(posting.requiresProof ? 1 : 0))
  }

  @inline(__always) mutating func add(details posting: JobPosting, _ world: borrowing World) {
    let promptOffset = 6 * 32 + 32 &+ world.paddedLength(of: posting.model)
    add(UInt64(6 * 32))
    add(UInt64(truncatingIfNeeded: promptOffset))
    add(posting.maxTokens)
    add(UInt64(posting.temperature))
    add(UInt64(posting.seed))
    add(
      UInt64(truncatingIfNeeded: promptOffset &+ 32 &+ world.paddedLength(of: posting.prompt)))
    add(posting.model, world)
    add(posting.prompt, world)
    add(posting.resultFormat, world)
  }
}
