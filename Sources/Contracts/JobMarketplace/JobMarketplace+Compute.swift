import EVM

extension JobMarketplace {
  /// Plain computation and mapping hashes of each path, without what called contracts compute.
  /// Source: conformance vectors and gas.json.
  enum Compute {
    // Posting.
    static var createJob: ComputeCost { ComputeCost(1_250, of: 3_527) }
    static var createJobFor: ComputeCost { ComputeCost(1_825, of: 4_183) }
    static var postJob: ComputeCost { ComputeCost(2_950, of: 5_560) }
    static var countPost: Int64 { 820 }
    static var newWindow: Int64 { 147 }
    static var monitor: Int64 { 164 }
    static var postWithToken: ComputeCost { ComputeCost(3_600, of: 7_150) }
    static var batchPost: Int64 { 2_330 }
    static var decodeBatchedPost: Int64 { 2_281 }
    static var storeBatch: Int64 { 631 }
    static var batchedPost: Int64 { 3_124 }
    /// Copying and storing a string of 32 bytes or more, and each of its words.
    static var longString: Int64 { 10 }
    static var copiedWord: Int64 { 89 }

    // Claiming.
    static var claimJob: ComputeCost { ComputeCost(1_600, of: 2_225) }
    static var throttle: Int64 { 193 }
    static var reclaim: Int64 { 68 }
    static var claimJobFor: ComputeCost { ComputeCost(957, of: 1_046) }
    /// Decoding the node that the registry returns.
    static var decodeNode: Int64 { 2_175 }
    static var controlled: Int64 { 379 }
    static var failedNode: Int64 { 660 }

    // Completion.
    static var completeJob: ComputeCost { ComputeCost(2_400, of: 3_144) }
    static var payWithToken: Int64 { 274 }
    static var recordReputation: Int64 { 284 }
    static var submitResult: ComputeCost { ComputeCost(1_750, of: 2_346) }
    /// Copying, storing and logging a result of 32 bytes or more, and each of its words.
    static var longResult: Int64 { 16 }
    static var resultWord: Int64 { 101 }
    /// Copying one word of a proof, which is not used.
    static var proofWord: Int64 { 6 }
    static var failJob: ComputeCost { ComputeCost(700, of: 814) }
    static var failByRenter: Int64 { 40 }
    static var markFailed: ComputeCost { ComputeCost(1_560, of: 2_310) }
    static var pauseAutomatically: Int64 { 103 }

    // Payment.
    static var releasePayment: ComputeCost { ComputeCost(1_000, of: 1_315) }
    static var lookAtAge: Int64 { 88 }
    static var quickRelease: Int64 { 213 }
    static var throttleByReleases: Int64 { 17 }
    static var updateReputation: Int64 { 270 }
    static var refundInstead: Int64 { 400 }
    static var batchRelease: Int64 { 1_763 }
    static var batchedRelease: ComputeCost { ComputeCost(432, of: 726) }
    static var foreignJob: Int64 { 341 }
    static var claimAbandoned: ComputeCost { ComputeCost(940, of: 1_112) }
    /// More when a host had claimed the job.
    static var claimedBefore: Int64 { 74 }
    static var disputeResult: Int64 { 1_254 }
    static var resolveDispute: ComputeCost { ComputeCost(640, of: 772) }
    static var resolveForHost: Int64 { 18 }

    // Breaker.
    static var emergencyPause: Int64 { 1_716 }
    static var askGuardian: Int64 { 188 }
    /// Copying one word of a reason.
    static var pauseReasonWord: Int64 { 12 }
    static var disputeReasonWord: Int64 { 6 }
    static var unpause: Int64 { 500 }
    static var pauseFunction: Int64 { 1_303 }
    static var unpauseFunction: Int64 { 1_056 }
    static var setLevel: Int64 { 646 }
    static var raiseLevel: Int64 { 89 }
    static var enableAutoRecovery: Int64 { 572 }
    static var enableDegradedMode: Int64 { 783 }
    static var checkAutoRecovery: Int64 { 1_166 }
    static var askWhetherPaused: Int64 { 23 }
    static var askWhetherRecovered: Int64 { 85 }
    static var recover: Int64 { 50 }
    static var governanceOverride: Int64 { 935 }
    static var setFailureThreshold: Int64 { 232 }

    // Wiring and migration.
    static var setPaymentEscrow: Int64 { 1_272 }
    static var setUSDC: Int64 { 1_182 }
    static var setReputationSystem: Int64 { 456 }
    static var setGovernance: Int64 { 967 }
    static var setMigrationHelper: Int64 { 1_047 }
    static var grantRole: Int64 { 597 }
    static var addMigratedJob: ComputeCost { ComputeCost(2_550, of: 4_548) }
    static var raiseNextJob: Int64 { 46 }

    static var getJob: Int64 { 2_243 }
    /// One word of a long string.
    static var readWord: Int64 { 102 }
    static var lookAtJob: Int64 { 100 }
  }

  /// Decoding a batch: its parts, and the growth of memory, which costs words squared over 512.
  static func decodingCost(ofBatch count: Int) -> Int64 {
    let memoryWords = 33 * Int64(count)
    return Compute.batchPost + Compute.decodeBatchedPost * Int64(count)
      + memoryWords * memoryWords / 512
  }

  /// Copying and storing the strings of a new job.
  @inline(__always) func copyingCost(
    _ model: StringID, _ input: StringID, _ result: StringID, in world: borrowing World
  ) -> Int64 {
    copyingCost(model, world) + copyingCost(input, world) + copyingCost(result, world)
  }

  @inline(__always) private func copyingCost(
    _ string: StringID, _ world: borrowing World
  ) -> Int64 {
    let words = world.dataWords(of: string)
    return words > 0 ? Compute.longString + Compute.copiedWord * Int64(words) : 0
  }
}
