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
  /// Its conduct has something else in mind with jobs than work.
  var mayCheat: Bool
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
    mayCheat = cohort.behaviour.judgesJobs
    isHonest = cohort.behaviour.isHonest
    rent = cohort.rent
    electricity = cohort.electricity
    wallet = MarketWallet(cohort.wallet, paymasters: paymasters)
  }
}
