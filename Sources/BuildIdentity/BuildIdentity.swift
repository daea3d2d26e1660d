/// What code this program was built from.
public enum BuildIdentity {
  /// 32 hexadecimal digits; equal for equal sources and dependencies, wherever they were built.
  public static var digest: String { sourceDigest }
}
