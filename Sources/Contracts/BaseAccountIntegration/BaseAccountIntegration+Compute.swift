extension BaseAccountIntegration {
  /// Plain computation and mapping hashes of each path, without what called contracts compute.
  /// Source: conformance vectors and gas.json.
  enum Compute {
    static var createJob: ComputeCost { ComputeCost(1_570, of: 2_225) }
    static var registerNode: ComputeCost { ComputeCost(1_740, of: 3_198) }
    static var handleOp: ComputeCost { ComputeCost(352, of: 2_363) }
    static var sponsor: Int64 { 410 }
    static var executeBatch: Int64 { 633 }
    static var operation: Int64 { 1_660 }
    /// Looking at the selector of a call to the marketplace or the registry.
    static var readSelector: Int64 { 400 }
    static var createJobInstead: Int64 { 1_480 }
    static var registerInstead: Int64 { 3_000 }
    // The reference copies call data byte by byte.
    static func copied(bytes: Int) -> Int64 { Int64(bytes) * 3_623 / 10 }
    static func copiedOfBatchedJob(bytes: Int) -> Int64 { Int64(bytes) * 9_615 / 10 }
    static func copiedOfBatchedNode(bytes: Int) -> Int64 { Int64(bytes) * 9_350 / 10 }

    static var addSessionKey: Int64 { 1_008 }
    static var revokeSessionKey: Int64 { 674 }
    static var claimBySessionKey: ComputeCost { ComputeCost(750, of: 1_013) }

    static var createStream: Int64 { 1_519 }
    static var withdraw: ComputeCost { ComputeCost(680, of: 1_286) }
    static var endStream: Int64 { 36 }
    static var cancel: ComputeCost { ComputeCost(450, of: 880) }
    static var payRecipient: Int64 { 228 }
    static var payBack: Int64 { 224 }

    static var receive: Int64 { 62 }
  }
}
