/// The shortest decimal digits d₁d₂…d_k that read back as a given double, as 0.d₁d₂…d_k × 10^exponent.
struct ShortestDigits {
  /// Values 0 … 9, no leading or trailing zero unless the number is zero.
  private(set) var digits: [UInt8] = []
  private(set) var exponent = 0

  /// - Precondition: `magnitude` is finite and not negative.
  init(of magnitude: Double) {
    // The standard library's description is shortest and exact; only its layout is not ours.
    var wholeCount: Int?
    var power = 0
    var isPower = false
    var isNegativePower = false
    for byte in magnitude.description.utf8 {
      switch byte {
      case UInt8(ascii: "."): wholeCount = digits.count
      case UInt8(ascii: "e"): isPower = true
      case UInt8(ascii: "+"): break
      case UInt8(ascii: "-"): isNegativePower = true
      case let digit where isPower: power = power * 10 + Int(digit - DecimalText.zero)
      case let digit: digits.append(digit - DecimalText.zero)
      }
    }
    exponent = (wholeCount ?? digits.count) + (isNegativePower ? -power : power)
    let leading = digits.prefix { $0 == 0 }.count
    digits.removeFirst(leading)
    exponent -= leading
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty {
      digits = [0]
      exponent = 1
    }
  }

  /// Rounds half up in decimal, so that the result is what a reader of the digits would write.
  func rounded(toSignificant count: Int) -> ShortestDigits {
    guard digits.count > count else { return self }
    var result = self
    result.digits.removeLast(digits.count - count)
    guard digits[count] >= 5 else {
      while result.digits.count > 1, result.digits.last == 0 { result.digits.removeLast() }
      return result
    }
    while result.digits.last == 9 { result.digits.removeLast() }
    if let last = result.digits.indices.last {
      result.digits[last] += 1
    } else {
      result.digits = [1]
      result.exponent += 1
    }
    return result
  }

  /// ECMAScript's Number::toString with radix 10.
  func append(to bytes: inout [UInt8]) {
    let text = digits.map { DecimalText.zero + $0 }
    switch exponent {
    case text.count...21 where text.count <= 21:
      bytes.append(contentsOf: text)
      bytes.append(contentsOf: repeatElement(DecimalText.zero, count: exponent - text.count))
    case 1...21:
      bytes.append(contentsOf: text[..<exponent])
      bytes.append(DecimalText.point)
      bytes.append(contentsOf: text[exponent...])
    case -5...0:
      bytes.append(DecimalText.zero)
      bytes.append(DecimalText.point)
      bytes.append(contentsOf: repeatElement(DecimalText.zero, count: -exponent))
      bytes.append(contentsOf: text)
    default:
      bytes.append(text[0])
      if text.count > 1 {
        bytes.append(DecimalText.point)
        bytes.append(contentsOf: text[1...])
      }
      bytes.append(UInt8(ascii: "e"))
      if exponent > 0 { bytes.append(UInt8(ascii: "+")) }
      DecimalText.append(Int64(exponent - 1), to: &bytes)
    }
  }
}
