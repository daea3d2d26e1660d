internal import Inference
internal import Market
internal import Quantities

/// How hosts prove their work: by a scheme of the catalogue, or in a given time.
enum ProofKeys {
  static let proofTime = Key(
    "proofTime", .duration(from: .milliseconds(1), to: .days(1), example: "1s"),
    standard: "1s", "From the last token to a proof that is ready, for jobs that ask for one.")
  static let proof = Key(
    "proof", .known(.proofScheme), optional: "proofTime",
    "Scheme by which a host proves such jobs, with published times: one that takes the GPU keeps it "
      + "from serving meanwhile; one that is re-executed takes a verifier the prefill of prompt and "
      + "output. Gas is what the contracts charge.")

  /// Complains about a scheme beside a time, and about one whose time nobody knows.
  static func scheme(_ section: Section) -> String? {
    guard let id = section.optional(proof) else { return nil }
    if section.has("proofTime") {
      section.complain(
        "proof", "is given beside proofTime, which says how long a proof takes",
        do: "give one of them")
    }
    let schemes = Catalogue.proofSchemes
    guard schemes.contains(where: { $0.id == id && $0.provingTime == nil }) else { return id }
    let known = schemes.filter { $0.provingTime != nil }.map(\.id)
    section.complain(
      "proof", "is \(id.quotedForMessage), and nobody published how long such a proof takes",
      do: "give proofTime instead, or one of \(Nearest.list(known))")
    return nil
  }
}
