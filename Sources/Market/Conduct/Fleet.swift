/// Hosts that one operator runs under its own name: there is nothing wrong with that, and yet whoever looks
/// for rings sees one.
public struct Fleet: ConductPart {
  public var group: OperatorGroup

  public init(size: Int, sharesController: Bool = false, sharesFunding: Bool = true) {
    group = OperatorGroup(
      size: size, sharesController: sharesController, sharesFunding: sharesFunding)
  }

  public var isFraud: Bool { false }

  public static let declaration = ConductDeclaration(
    "fleet", absence: "every host is somebody's only one",
    "Hosts that one operator runs openly; as honest as their other parts say.",
    keys: OperatorGroup.keys)

  public init(_ values: ConductValues) { group = OperatorGroup(values) }
}
