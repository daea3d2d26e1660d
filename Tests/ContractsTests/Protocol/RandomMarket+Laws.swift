import EVM
import Quantities
import Testing

@testable import Contracts
@testable import EVM

/// What must hold whatever people do.
extension RandomMarket {
  /// The first law that is broken, nil while all hold.
  func brokenLaw() -> String? {
    if let finding = world.auditFinding { return "money was made or lost: \(finding)" }
    if let excess = settlements.first(where: { $0.value > 1 }) {
      return "job \(excess.key) was settled \(excess.value) times"
    }
    return brokenGuard ?? escrowShortfall() ?? jobMismatch() ?? stakeMismatch()
      ?? streamMismatch()
  }

  /// The same for the reference: contracts may hold less than they owe, but then the model knows why.
  func brokenReferenceLaw() -> String? {
    if let finding = world.auditFinding { return "money was made or lost: \(finding)" }
    var jobs = (eth: UInt256.zero, usdc: UInt256.zero)
    for (number, amount) in unpaid {
      if world.evm.peek(job(number).paymentToken).isZero {
        jobs.eth += amount
      } else {
        jobs.usdc += amount
      }
    }
    let fees = world.evm.peek(world.escrows[0].tokenFees(of: system.usdc))
    var stakes = UInt256.zero
    for host in hosts + [.zero] {
      stakes += world.evm.peek(world.nodeRegistries[0].node(host).stake)
    }
    return brokenGuard ?? bookMismatch(of: system.marketplace, .zero, owed: jobs.eth)
      ?? bookMismatch(of: system.escrow, system.usdc, owed: jobs.usdc + fees)
      ?? bookMismatch(of: system.nodeRegistry, .zero, owed: stakes) ?? streamMismatch()
      ?? unexplainedShortfall()
  }

  /// Every contract that is short has causes that add up to at least what is missing.
  private func unexplainedShortfall() -> String? {
    for book in world.solvencyBooks where !book.shortfall.isZero {
      var explained = UInt256.zero
      for entry in world.insolvencies
      where entry.contract == book.contract && entry.token == book.token {
        explained += entry.totalShortfall
      }
      if explained < book.shortfall {
        return "account \(book.contract.index) is \(book.shortfall) short, known: \(explained)"
      }
    }
    return nil
  }

  private func streamMismatch() -> String? {
    let accounts = world.accountIntegrations[0]
    var owed = UInt256.zero
    let count = world.evm.words.value(world.evm.peek(accounts.nextStreamID)).narrow ?? 0
    for number in 0..<count {
      let stream = accounts.stream(UInt256(number))
      guard world.evm.peek(stream.isActive) else { continue }
      owed += world.evm.peek(stream.totalAmount) - world.evm.peek(stream.withdrawn)
    }
    return bookMismatch(of: system.accounts, .zero, owed: owed)
  }

  /// The escrow holds exactly its open records, booked fees and credits.
  private func escrowShortfall() -> String? {
    let escrow = world.escrows[0]
    var eth = world.evm.peek(escrow.feeBalance)
    var usdc = world.evm.peek(escrow.tokenFees(of: system.usdc))
    for number in 1..<max(1, nextJob) {
      let record = escrowRecord(number)
      guard !world.evm.peek(record.renter).isZero, world.evm.peek(record.status) == .active else {
        continue
      }
      let amount = world.evm.peek(record.amount)
      if world.evm.peek(record.token).isZero { eth += amount } else { usdc += amount }
    }
    for account in renters + hosts {
      eth += world.evm.peek(escrow.credit(of: account, in: .zero))
    }
    let holds = (
      eth: world.ethBalance(of: system.escrow),
      usdc: world.tokenBalance(of: system.escrow, token: system.usdc)
    )
    if holds.eth != eth { return "the escrow owes \(eth) wei and holds \(holds.eth)" }
    if holds.usdc != usdc { return "the escrow owes \(usdc) USDC and holds \(holds.usdc)" }
    return bookMismatch(of: system.escrow, .zero, owed: eth)
      ?? bookMismatch(of: system.escrow, system.usdc, owed: usdc)
  }

  /// Whether the contract's book says what its records add up to.
  func bookMismatch(
    of contract: AccountID, _ token: AccountID, owed: UInt256
  ) -> String? {
    let book = world.solvencyBooks.first { $0.contract == contract && $0.token == token }
    let booked = book?.owes ?? .zero
    if booked == owed { return nil }
    return "account \(contract.index) owes \(owed) of token \(token.index), booked \(booked)"
  }

  /// A job is over exactly when its record is closed, and the marketplace keeps nothing.
  private func jobMismatch() -> String? {
    var open: [AccountID: UInt32] = [:]
    for number in 1..<max(1, nextJob) {
      let status = world.evm.peek(job(number).status)
      let isOver = status == .settled || status == .refunded
      let isClosed = world.evm.peek(escrowRecord(number).status) != .active
      if isOver != isClosed { return "job \(number) is \(status), its record closed: \(isClosed)" }
      if isOver != (settlements[number] == 1) {
        return "job \(number) is \(status) after \(settlements[number] ?? 0) settlements"
      }
      if !isOver, status != .posted {
        open[world.evm.peek(job(number).assignedHost), default: 0] += 1
      }
    }
    for host in hosts {
      let counted = world.evm.peek(world.marketplaces[0].party(host).openJobs)
      if counted != open[host, default: 0] {
        return "host \(host.index) has \(open[host, default: 0]) open jobs, counted \(counted)"
      }
    }
    for balance in [
      world.ethBalance(of: system.marketplace),
      world.tokenBalance(of: system.marketplace, token: system.usdc),
    ] where !balance.isZero {
      return "the marketplace keeps \(balance)"
    }
    return nil
  }

  /// Registry, proof system and marketplace hold exactly stakes, challenges' stakes and bonds.
  private func stakeMismatch() -> String? {
    var stakes = UInt256.zero
    for host in hosts { stakes += world.evm.peek(world.nodeRegistries[0].node(host).stake) }
    var challenges = UInt256.zero
    let system = world.proofSystems[0]
    for number in 1..<max(1, UInt64(world.evm.peek(system.nextChallengeID))) {
      let challenge = system.challenge(UInt256(number), world)
      if world.evm.peek(challenge.status) == .pending {
        challenges += world.evm.peek(challenge.stake)
      }
    }
    var bonds = UInt256.zero
    for number in 1..<max(1, nextJob) where world.evm.peek(job(number).status) == .disputed {
      bonds += world.evm.words.value(world.evm.peek(job(number).bond))
    }
    let owed = [
      (self.system.nodeRegistry, stakes), (self.system.proofs, challenges),
      (self.system.marketplace, bonds),
    ]
    for (contract, amount) in owed {
      let holds = world.tokenBalance(of: contract, token: self.system.fab)
      if holds != amount { return "a contract owes \(amount) of FAB and holds \(holds)" }
      if let mismatch = bookMismatch(of: contract, self.system.fab, owed: amount) {
        return mismatch
      }
    }
    return nil
  }
}

extension World {
  /// Every stored value, mappings' keys included: a key once asked for stays.
  func stateDigest() -> UInt64 {
    var digest: UInt64 = 0xCBF2_9CE4_8422_2325
    for (number, table) in evm.tables.enumerated().dropFirst() {
      unsafe table.forEachWrittenRow { row, bytes in
        digest = (digest ^ UInt64(number) << 32 ^ UInt64(row)) &* 0x100_0000_01B3
        for place in bytes.indices {
          digest = unsafe (digest ^ UInt64(bytes[place])) &* 0x100_0000_01B3
        }
      }
    }
    // The accounts' own table also counts transactions, failed ones too.
    for number in 0..<evm.accountCount {
      let balance = ethBalance(of: AccountID(UInt32(number)))
      digest = (digest ^ balance.indexBits) &* 0x100_0000_01B3
    }
    return digest
  }
}
