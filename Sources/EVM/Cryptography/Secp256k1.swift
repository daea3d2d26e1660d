public import Quantities

/// Public key recovery on the curve y² = x³ + 7, as the precompiled contract at address 1 does it.
///
/// - Source: SEC 1 version 2.0, 4.1.6; SEC 2 version 2.0, 2.4.1; yellow paper, appendix E.
public enum Secp256k1 {
  private static let field = PrimeField(
    prime: UInt256(
      high: 0xFFFF_FFFF_FFFF_FFFF_FFFF_FFFF_FFFF_FFFF,
      low: 0xFFFF_FFFF_FFFF_FFFF_FFFF_FFFE_FFFF_FC2F))
  /// Scalars: integers modulo the order of the generator.
  private static let order = PrimeField(
    prime: UInt256(
      high: 0xFFFF_FFFF_FFFF_FFFF_FFFF_FFFF_FFFF_FFFE,
      low: 0xBAAE_DCE6_AF48_A03B_BFD2_5E8C_D036_4141))
  private static let generator = Point(
    x: UInt256(
      high: 0x79BE_667E_F9DC_BBAC_55A0_6295_CE87_0B07,
      low: 0x029B_FCDB_2DCE_28D9_59F2_815B_16F8_1798),
    y: UInt256(
      high: 0x483A_DA77_26A3_C465_5DA4_FBFC_0E11_08A8,
      low: 0xFD17_B448_A685_5419_9C47_D08F_FB10_D4B8))

  /// The address that signed.
  ///
  /// - Parameters:
  ///   - hash: What was signed.
  ///   - v: 27 or 28, the parity of the point that `r` names.
  /// - Returns: 20 bytes, nil when no key makes this signature.
  public static func signer(hash: UInt256, v: UInt8, r: UInt256, s: UInt256) -> [UInt8]? {
    guard v == 27 || v == 28, !r.isZero, r < order.prime, !s.isZero, s < order.prime,
      let point = Point(x: r, isOdd: v == 28)
    else { return nil }
    let inverse = order.inverse(r)
    let ofGenerator = order.product(order.negative(order.reduce(hash)), inverse)
    let ofPoint = order.product(s, inverse)
    guard let key = (generator * ofGenerator + point * ofPoint).affine else { return nil }
    let bytes = key.x.bigEndianBytes + key.y.bigEndianBytes
    return Array(Keccak.hash(bytes).suffix(20))
  }

  /// A point in Jacobian coordinates: x = X/Z², y = Y/Z³; Z is zero at infinity.
  private struct Point {
    var x: UInt256
    var y: UInt256
    var z: UInt256 = 1

    static var infinity: Point { Point(x: 1, y: 1, z: .zero) }

    init(x: UInt256, y: UInt256, z: UInt256 = 1) {
      self.x = x
      self.y = y
      self.z = z
    }

    /// The point above `x` of that parity, nil when none is on the curve.
    init?(x: UInt256, isOdd: Bool) {
      let square = field.sum(field.product(field.square(x), x), 7)
      // The prime is 3 modulo 4, so a root is the power (prime + 1) / 4.
      let root = field.power(square, (field.prime + 1) / 4)
      guard field.square(root) == square else { return nil }
      self.init(x: x, y: (root.low & 1 == 1) == isOdd ? root : field.negative(root))
    }

    var affine: (x: UInt256, y: UInt256)? {
      guard !z.isZero else { return nil }
      let inverse = field.inverse(z)
      let square = field.square(inverse)
      return (field.product(x, square), field.product(y, field.product(square, inverse)))
    }

    var doubled: Point {
      if y.isZero { return .infinity }
      let ySquare = field.square(y)
      let quarter = field.product(x, ySquare)
      let s = field.sum(field.sum(quarter, quarter), field.sum(quarter, quarter))
      let xSquare = field.square(x)
      let m = field.sum(field.sum(xSquare, xSquare), xSquare)
      let newX = field.difference(field.square(m), field.sum(s, s))
      var eighth = field.square(ySquare)
      for _ in 0..<3 { eighth = field.sum(eighth, eighth) }
      let newY = field.difference(field.product(m, field.difference(s, newX)), eighth)
      let yz = field.product(y, z)
      return Point(x: newX, y: newY, z: field.sum(yz, yz))
    }

    static func + (a: Point, b: Point) -> Point {
      if a.z.isZero { return b }
      if b.z.isZero { return a }
      let aSquare = field.square(a.z)
      let bSquare = field.square(b.z)
      let u = field.product(a.x, bSquare)
      let s = field.product(a.y, field.product(bSquare, b.z))
      let h = field.difference(field.product(b.x, aSquare), u)
      let r = field.difference(field.product(b.y, field.product(aSquare, a.z)), s)
      if h.isZero { return r.isZero ? a.doubled : .infinity }
      let hSquare = field.square(h)
      let hCube = field.product(hSquare, h)
      let v = field.product(u, hSquare)
      let x = field.difference(field.difference(field.square(r), hCube), field.sum(v, v))
      let y = field.difference(
        field.product(r, field.difference(v, x)), field.product(s, hCube))
      return Point(x: x, y: y, z: field.product(h, field.product(a.z, b.z)))
    }

    static func * (point: Point, factor: UInt256) -> Point {
      var result = Point.infinity
      for bit in factor.bits { result = bit ? result.doubled + point : result.doubled }
      return result
    }
  }
}
