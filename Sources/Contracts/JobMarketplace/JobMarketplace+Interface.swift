import EVM
import Quantities

extension JobMarketplace {
  static let signatures = [
    "constructor(address)", "createJob(string,string,uint256,uint256)",
    "createJobFor(address,string,string,uint256,uint256)", postJobSignature,
    postJobWithTokenSignature, batchPostJobsSignature, "claimJob(uint256)",
    "claimJobFor(address,uint256)", "completeJob(uint256,string,bytes)",
    "submitResult(uint256,string,bytes)", "failJob(uint256)", "markJobFailed(uint256,string)",
    "releasePayment(uint256)", "batchReleasePayments(uint256[])",
    "claimAbandonedPayment(uint256)", "disputeResult(uint256,string)",
    "resolveDispute(uint256,bool)", "emergencyPause(string)", "unpause()",
    "pauseFunction(string)", "unpauseFunction(string)", "setCircuitBreakerLevel(uint256)",
    "enableAutoRecovery(uint256)", "checkAutoRecovery()", "enableDegradedMode()",
    "governanceOverridePause()", "setFailureThreshold(uint256)", "setPaymentEscrow(address)",
    "setUsdcAddress(address)", "setReputationSystem(address)", "setGovernance(address)",
    "setMigrationHelper(address)", "grantRole(bytes32,address)", addMigratedJobSignature,
    "getJob(uint256)", "getJobStruct(uint256)", "getActiveJobIds()", "isPaused()",
    "isThrottled()", "isMonitoring(address)", "getCircuitBreakerLevel()",
    "getCircuitBreakerMetrics()", "failureThreshold()", "MAX_PAYMENT()", "GUARDIAN_ROLE()",
    "usdcAddress()", "nodeRegistry()", "reputationSystem()", "paymentEscrow()",
    "migrationHelper()",
  ]
  private static let details = "(string,string,uint256,uint256,uint32,string)"
  private static let requirements = "(uint256,uint256,uint256,bool)"
  private static let postJobSignature = "postJob(\(details),\(requirements),uint256)"
  private static let postJobWithTokenSignature =
    "postJobWithToken(\(details),\(requirements),address,uint256)"
  private static let batchPostJobsSignature =
    "batchPostJobs(\(details)[],\(requirements)[],uint256[])"
  private static let addMigratedJobSignature = """
    addMigratedJob(uint256,address,string,string,uint256,address,uint256,uint256,address,string)
    """
  /// Functions that accept ETH.
  static let payable: Set = [
    "createJob(string,string,uint256,uint256)",
    "createJobFor(address,string,string,uint256,uint256)", postJobSignature,
    batchPostJobsSignature,
  ]

  func invoke(
    _ signature: String, _ arguments: Arguments, by caller: AccountID, value: UInt256,
    _ world: inout World
  ) throws(CallFailure) -> [ABIValue] {
    switch signature {
    case "createJob(string,string,uint256,uint256)":
      let offer = try arguments.jobOffer(from: 0, &world)
      return [.uint(try createJob(offer, by: caller, value: value, &world))]
    case "createJobFor(address,string,string,uint256,uint256)":
      let offer = try arguments.jobOffer(from: 1, &world)
      return [
        .uint(
          try createJobFor(
            try arguments.address(0), offer, by: caller, value: value, &world))
      ]
    case Self.postJobSignature:
      let posting = try arguments.jobPosting(&world)
      let payment = try arguments.uint(2)
      return [.uint(try postJob(posting, payment: payment, by: caller, value: value, &world))]
    case Self.postJobWithTokenSignature:
      let posting = try arguments.jobPosting(&world)
      let posted = try postJobWithToken(
        posting, token: try arguments.address(2), amount: try arguments.uint(3), by: caller,
        &world)
      return [world.word(posted.id)]
    case Self.batchPostJobsSignature:
      return [.array(try batchPost(arguments, by: caller, value: value, &world))]
    case "batchReleasePayments(uint256[])":
      return returnNothing(try batchRelease(arguments, by: caller, &world))
    default: return try conduct(signature, arguments, by: caller, &world)
    }
  }

  private func batchPost(
    _ arguments: Arguments, by caller: AccountID, value: UInt256, _ world: inout World
  ) throws(CallFailure) -> [ABIValue] {
    let details = try arguments.array(0)
    let requirements = try arguments.array(1)
    let payments = try arguments.array(2)
    guard details.count == requirements.count, details.count == payments.count else {
      try world.compute(Self.decodingCost(ofBatch: details.count))
      throw .reverted(.arrayLengthMismatch)
    }
    var jobs: [BatchedJob] = []
    for index in 0..<details.count {
      let posting = try JobPosting(
        details: try details.tuple(index), requirements: try requirements.tuple(index), &world)
      jobs.append(BatchedJob(posting, payment: try payments.uint(index)))
    }
    let batch = world.makeBatch(jobs)
    defer { world.discard(batch) }
    let first = try batchPostJobs(batch, by: caller, value: value, &world)
    return jobs.indices.map { .uint(first + UInt256($0)) }
  }

  private func batchRelease(
    _ arguments: Arguments, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    let list = try arguments.array(0)
    var numbers: [UInt256] = []
    for index in 0..<list.count { numbers.append(try list.uint(index)) }
    let jobs = world.makeJobList(numbers)
    defer { world.discard(jobs) }
    try batchReleasePayments(jobs, by: caller, &world)
  }

  /// What happens to a job after its posting.
  private func conduct(
    _ signature: String, _ arguments: Arguments, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) -> [ABIValue] {
    switch signature {
    case "claimJob(uint256)": try claimJob(try arguments.uint(0), by: caller, &world)
    case "claimJobFor(address,uint256)":
      try claimJobFor(
        try arguments.address(0), job: try arguments.uint(1), by: caller, &world)
    case "completeJob(uint256,string,bytes)":
      let proof = try arguments.string(2, &world)
      try completeJob(
        try arguments.uint(0), resultHash: try arguments.string(1, &world),
        proofBytes: world.length(of: proof), by: caller, &world)
    case "submitResult(uint256,string,bytes)":
      let proof = try arguments.string(2, &world)
      try submitResult(
        try arguments.uint(0), resultHash: try arguments.string(1, &world),
        proofBytes: world.length(of: proof), by: caller, &world)
    case "failJob(uint256)": try failJob(try arguments.uint(0), by: caller, &world)
    case "markJobFailed(uint256,string)":
      try markJobFailed(
        try arguments.uint(0), reason: try arguments.string(1, &world), by: caller, &world)
    case "releasePayment(uint256)": try releasePayment(try arguments.uint(0), by: caller, &world)
    case "claimAbandonedPayment(uint256)":
      try claimAbandonedPayment(try arguments.uint(0), by: caller, &world)
    case "disputeResult(uint256,string)":
      try disputeResult(
        try arguments.uint(0), reason: try arguments.string(1, &world), by: caller, &world)
    case "resolveDispute(uint256,bool)":
      try resolveDispute(
        try arguments.uint(0), favorsClient: try arguments.bool(1), by: caller, &world)
    default: return try conductBreaker(signature, arguments, by: caller, &world)
    }
    return []
  }

  private func conductBreaker(
    _ signature: String, _ arguments: Arguments, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) -> [ABIValue] {
    switch signature {
    case "emergencyPause(string)":
      try emergencyPause(reason: try arguments.string(0, &world), by: caller, &world)
    case "unpause()": try unpause(by: caller, &world)
    case "pauseFunction(string)":
      try pauseFunction(try arguments.string(0, &world), paused: true, by: caller, &world)
    case "unpauseFunction(string)":
      try pauseFunction(try arguments.string(0, &world), paused: false, by: caller, &world)
    case "setCircuitBreakerLevel(uint256)":
      try setBreakerLevel(try arguments.uint(0), by: caller, &world)
    case "enableAutoRecovery(uint256)":
      try enableAutoRecovery(after: try arguments.uint(0), by: caller, &world)
    case "checkAutoRecovery()": try checkAutoRecovery(&world)
    case "enableDegradedMode()": try enableDegradedMode(by: caller, &world)
    case "governanceOverridePause()": try governanceOverridePause(by: caller, &world)
    case "setFailureThreshold(uint256)":
      try setFailureThreshold(try arguments.uint(0), by: caller, &world)
    default: return try wire(signature, arguments, by: caller, &world)
    }
    return []
  }

  private func wire(
    _ signature: String, _ arguments: Arguments, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) -> [ABIValue] {
    switch signature {
    case "setPaymentEscrow(address)":
      try setPaymentEscrow(try arguments.address(0), by: caller, &world)
    case "setUsdcAddress(address)": try setUSDC(try arguments.address(0), by: caller, &world)
    case "setReputationSystem(address)":
      try setReputationSystem(try arguments.address(0), by: caller, &world)
    case "setGovernance(address)":
      try setGovernance(try arguments.address(0), by: caller, &world)
    case "setMigrationHelper(address)":
      try setMigrationHelper(try arguments.address(0), by: caller, &world)
    case "grantRole(bytes32,address)":
      try grantRole(
        try arguments.word(0), to: try arguments.address(1), by: caller, &world)
    case Self.addMigratedJobSignature:
      let job = NewJob(
        renter: try arguments.address(1), assignedHost: try arguments.address(8),
        maxPrice: try arguments.uint(4), deadline: try arguments.uint(6),
        paymentToken: try arguments.address(5), model: try arguments.string(2, &world),
        inputHash: try arguments.string(3, &world), resultHash: try arguments.string(9, &world))
      try addMigratedJob(
        try arguments.uint(0), job, status: try arguments.uint(7), by: caller, &world)
    default: return try invokeAdded(signature, arguments, by: caller, &world)
    }
    return []
  }
}
