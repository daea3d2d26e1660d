import Quantities

/// What hosts of a cohort have in common and every job asks for; plain words, so that reading it
/// copies nothing that is counted.
struct HostTerms: BitwiseCopyable {
  var hasOutages: Bool
  /// USD per million tokens, before a host's own factor.
  var promptPerMillion: Double
  var outputPerMillion: Double
  /// Rated power of the host's GPUs.
  var watts: Double
  /// USD per kWh.
  var electricity: Double
  var topUp: HostCohort.TopUp
  var lazy: Double
  /// What a job's work costs it, USD; infinite where it does not ask.
  var saving: Double
  var abandoning: Double
  var forging: Double
  var milkingFrom: UInt32
  var isHonest: Bool
  /// USD per hour.
  var rent: Double

  var wallet: MarketWallet

  init(_ cohort: HostCohort, watts: Double, paymasters: [String]) {
    hasOutages = cohort.availability != nil
    promptPerMillion = cohort.price.promptPerMillion
    outputPerMillion = cohort.price.outputPerMillion
    self.watts = watts
    topUp = cohort.topUp
    lazy = cohort.behaviour.lazy
    saving = cohort.behaviour.saving ?? .infinity
    abandoning = cohort.behaviour.abandoning
    forging = cohort.behaviour.forging
    milkingFrom = UInt32(clamping: cohort.behaviour.milkingFrom)
    isHonest = cohort.behaviour.isHonest
    rent = cohort.rent
    electricity = cohort.electricity
    wallet = MarketWallet(cohort.wallet, paymasters: paymasters)
  }
}
