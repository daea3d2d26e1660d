/// Identities that one operator runs and passes off as many.
public struct SybilRing: ConductPart {
  public var group: OperatorGroup

  public init(size: Int, sharesController: Bool = false, sharesFunding: Bool = true) {
    group = OperatorGroup(
      size: size, sharesController: sharesController, sharesFunding: sharesFunding)
  }

  public static let declaration = ConductDeclaration(
    "sybilRing", absence: "every host is somebody's only one",
    "Identities that one operator runs and passes off as many.", keys: OperatorGroup.keys)

  public init(_ values: ConductValues) { group = OperatorGroup(values) }
}
