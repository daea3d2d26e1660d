internal import Market

/// `protocol:`, the contracts and what may be set in them.
enum ProtocolKeys {
  static let profile = Key(
    "profile", Kind<ProtocolConfiguration.Profile>.choice, standard: "reference-fab",
    "Which contracts run.")
  static let fee = Key(
    "fee", .basisPoints, standard: "1%",
    "Platform fee, a share of each payment; whole basis points (0.01%).")
  static let promptByHash = Key(
    "promptByHash", .flag, standard: "true",
    "Store a 46-byte content identifier on chain instead of the prompt.")

  static let shape = SectionShape<ProtocolConfiguration>(
    declaration: SectionDeclaration(
      name: "protocol", doc: "The contracts that the market runs on.",
      keys: [profile.declaration, fee.declaration, promptByHash.declaration],
      lacking: LackingKeys.protocolKeys)
  ) { section in
    ProtocolConfiguration(
      profile: section.standard(profile), feeBasisPoints: section.standard(fee),
      promptByHash: section.standard(promptByHash))
  }
}
