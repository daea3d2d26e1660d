internal import Market

/// `detectors: [controllerThreshold, sybilRank]`.
enum DetectionKeys {
  static let kind = Kind<[DetectionConfiguration.Kind]>.list(
    of: Kind<DetectionConfiguration.Kind>.choice, count: 0...6)
}
