import Quantities

extension ProtocolParameter {
  /// Section "Money" of the documented profile, with slashing.
  static let money: [ProtocolParameter] = [
    .number(
      "fee", \.fee, .percentage,
      "Platform fee, a share of each payment rounded down.",
      code: "Argument of the escrow's constructor; cannot change afterwards (F62).",
      documentation: "1 %, set by governance.",
      source: "Money; F62", in: [.paymentEscrow]),
    .amount(
      "maxPayment.eth", \.maxPaymentETH, .tokens(.eth, from: 1),
      "Greatest payment of an ETH job.",
      code: "1,000 ETH, checked by postJob and batchPostJobs only (F44, F45).",
      documentation: "MAX_PAYMENT is 1,000 ETH.",
      source: "Money", in: [.jobMarketplace]),
    .amount(
      "maxPayment.usdc", \.maxPaymentUSDC, .tokens(.usdc, from: 1, mayBeUnlimited: true),
      "Greatest payment of a USDC job.",
      code: "No limit.", documentation: "Silent; 1,000,000 USDC †.",
      source: "Money", in: [.jobMarketplace]),
    .choice(
      "payout", \.payout,
      "When a completed job with proof is paid; afterChallengeWindow keeps the escrow full until "
        + "nobody can challenge any more or the renter releases it.",
      code: "On completion.", documentation: "Contradicts itself; after the window †.",
      source: "Money", in: [.jobMarketplace], needs: "escrowPerJob"),
    .choice(
      "payoutWithoutProof", \.payoutWithoutProof,
      "When a completed job without proof is paid; the window then runs from completion.",
      code: "On completion.",
      documentation: "On completion †: nothing can be challenged after it.",
      source: "Money", in: [.jobMarketplace], needs: "escrowPerJob"),
    .number(
      "claimTimeout", \.claimTimeout, .time(60...31_536_000, zero: "deadline"),
      "Time after the claim from which anybody may report the failure of the host; never later "
        + "than the job's deadline.",
      code: "Renter or host may fail a claimed job at any time (F49).",
      documentation: "Once the job's deadline has passed.",
      source: "Money; F49", in: [.jobMarketplace], needs: "failNeedsCause"),
    .flag(
      "cancelWhilePosted", \.cancelWhilePosted,
      "The renter may take back a job that nobody has claimed, before its deadline.",
      code: "No such function.", documentation: "Silent; yes †.",
      source: "Job, Money", in: [.jobMarketplace]),
    .number(
      "reclaimDelay", \.reclaimDelay, .seconds(),
      "Time after the deadline from which the payment of an unclaimed job goes back.",
      code: "30 days, as for a claimed one.", documentation: "At once †.",
      source: "Money", in: [.jobMarketplace]),
    .number(
      "abandonmentDelay", \.abandonmentDelay, .seconds(),
      "Time after the deadline from which the renter takes the payment of a claimed job back "
        + "without the failure of the host.",
      code: "30 days; strictly more must have passed.", documentation: "30 days.",
      source: "Money", in: [.jobMarketplace]),
    .number(
      "slash", \.slash, .percentage,
      "Share of the current stake that each failure of a host costs, rounded down.",
      code: "10 % is computed in markJobFailed and never taken (F15).",
      documentation: "10 % (product page); none (staking guide).",
      source: "Slashing; F15, F20", in: [.jobMarketplace], needs: "slashMovesStake"),
    .choice(
      "slashTo", \.slashTo,
      "Who gets what a failing host loses; the treasury where the renter or challenger is missing.",
      code: "Nobody: it stays in the registry (F20).", documentation: "Silent; the treasury †.",
      source: "Slashing; F20", in: [.nodeRegistry], needs: "slashMovesStake"),
  ]

  /// Findings about payments and the escrow.
  static let moneyFindings: [ProtocolParameter] = [
    .flag(
      "paysOnce", \.paysOnce,
      "releasePayment refuses a job that has been paid.",
      code: "Pays again after completeJob, without limit (F3).",
      documentation: "Escrow-based payments protect renters.",
      source: "F3", in: [.jobMarketplace]),
    .flag(
      "batchPaysOnce", \.batchPaysOnce,
      "batchReleasePayments passes over jobs that have been paid.",
      code: "Pays the same job repeatedly, also within one call (F4).",
      documentation: "A comment: mark as paid first.",
      source: "F4", in: [.jobMarketplace]),
    .flag(
      "disputePaysOnce", \.disputePaysOnce,
      "resolveDispute moves a job's payment once.",
      code: "Pays a second time from pooled funds, as often as governance likes (F5).",
      documentation: "The escrow holds the payment until the arbiter decides.",
      source: "F5", in: [.jobMarketplace]),
    .flag(
      "releaseInJobToken", \.releaseInJobToken,
      "releasePayment and batchReleasePayments pay in the job's own token.",
      code: "A USDC job is paid the same number of wei of ETH (F6).",
      documentation: "USDC jobs are paid from the escrow in USDC.",
      source: "F6", in: [.jobMarketplace]),
    .flag(
      "abandonedInJobToken", \.abandonedInJobToken,
      "claimAbandonedPayment refunds in the job's own token.",
      code: "Refunds a USDC job in wei of ETH, or reverts; the USDC stay locked (F7).",
      documentation: "Failure refunds the renter, tokens too.",
      source: "F7", in: [.jobMarketplace]),
    .flag(
      "escrowPerJob", \.escrowPerJob,
      "Each job, ETH or USDC, has its own record in the escrow that alone pays host or renter, "
        + "less the fee; renters and hosts may dispute and refund it.",
      code: "ETH is pooled in the marketplace and pays no fee (F58), USDC in the escrow without a "
        + "record (F8).",
      documentation: "Payment locked in escrow; success pays the host minus the fee.",
      source: "Money; F8, F58", in: [.jobMarketplace]),
    .flag(
      "abandonedStaysEnded", \.abandonedStaysEnded,
      "A job whose abandoned payment was taken back counts as refunded.",
      code: "Counts as completed: releasePayment then burns ETH, disputes refund again (F9).",
      documentation: "Silent.",
      source: "F9", in: [.jobMarketplace]),
    .flag(
      "returnsOverpayment", \.returnsOverpayment,
      "What is sent beyond the price goes back to the sender.",
      code: "Stays in the pool (F10).", documentation: "Overpayment is returned.",
      source: "Money; F10", in: [.jobMarketplace]),
    .flag(
      "feeOnce", \.feeOnce,
      "The fee is booked once, for the treasury, which withdraws it.",
      code: "Booked and sent to the arbiter too; booked fees never leave (F34).",
      documentation: "The fee is transferred to the arbiter; here to the treasury †.",
      source: "Money; F34", in: [.paymentEscrow]),
    .flag(
      "releaseNeedsEscrow", \.releaseNeedsEscrow,
      "releasePaymentFor pays only what the job's own escrow record holds, once.",
      code: "No record, status or amount is checked: active escrows can be spent (F35).",
      documentation: "Direct release for a job.",
      source: "F35", in: [.paymentEscrow], needs: "escrowPerJob"),
    .flag(
      "renterIsRenter", \.renterIsRenter,
      "The escrow's renter is who posted the job.",
      code: "The marketplace contract is recorded as renter and gets the refunds (F36).",
      documentation: "renter is the job's poster.",
      source: "Money; F36", in: [.paymentEscrow], needs: "escrowPerJob"),
    .flag(
      "renterReleases", \.renterReleases,
      "Only the renter releases an escrow before its time.",
      code: "The host may release its own escrow at once (F37).",
      documentation: "Contradicts itself: the parties, or the renter; the renter †.",
      source: "F37", in: [.paymentEscrow]),
    .flag(
      "marketplaceSetOnce", \.marketplaceSetOnce,
      "The escrow's marketplace can be set once.",
      code: "The owner may change it at any time (F38).",
      documentation: "One-way setting.",
      source: "F38", in: [.paymentEscrow]),
    .flag(
      "lockedFunds", \.lockedFunds,
      "Nobody can withdraw users' money: emergencyWithdraw refuses.",
      code: "The owner withdraws everything, stakes and escrows (F39).",
      documentation: "No admin keys.",
      source: "F39", in: [.paymentEscrow, .nodeRegistryFAB]),
    .flag(
      "checksTokenTransfers", \.checksTokenTransfers,
      "A token transfer that returns false fails the call.",
      code: "Return values are ignored: unfunded jobs, unpaid releases (F40).",
      documentation: "SafeERC20 pattern.",
      source: "F40", in: [.jobMarketplace, .jobMarketplaceFAB, .paymentEscrow, .proofSystem]),
    .flag(
      "resultSettles", \.resultSettles,
      "submitResult completes a job as completeJob does.",
      code: "Completes without deadline, pay or reputation; the price can be locked (F61).",
      documentation: "Completion pays the host and updates its reputation.",
      source: "F61", in: [.jobMarketplace]),
  ]
}
