/// Keys that people look for in one place and that stand in another, with how they are written there.
enum MisplacedKeys {
  static let topLevel = ["arbiter": "protocol: {arbiter: {delay: 5min, accuracy: 95%}}"]

  static let behaviours = ["undercutting": "pricing: {undercutting: {step: 3%}} beside behaviour"]

  static let renterKeys = ["sponsored": "wallet: {sponsored: NAME}", "batch": "wallet: smart"]
}
