/// How many bits a stored weight takes, and which arithmetic it runs on.
public enum WeightPrecision: String, CaseIterable, Equatable, Sendable {
  case fp16, bf16, fp8, fp4, mxfp4
  case q4KM = "q4_k_m"
  case q4Zero = "q4_0"

  /// Scales and zero points included.
  ///
  /// - Source: fp8 and fp4 as stored by serving engines; q4 from llama.cpp file sizes; mxfp4 4-bit
  ///   values with one 8-bit scale per 32.
  public var bitsPerWeight: Double {
    switch self {
    case .fp16, .bf16: 16
    case .fp8: 8
    case .fp4: 4.5
    case .mxfp4: Self.microscaledBits
    case .q4KM: 4.86
    case .q4Zero: 4.55
    }
  }

  /// The arithmetic whose peak bounds matrix products; parts without it fall back to 16 bits.
  func peakFlops(of gpu: GPU) -> Double {
    switch self {
    case .fp16, .bf16, .q4KM, .q4Zero: gpu.flopsAt16Bit
    case .fp8: gpu.flopsAt8Bit ?? gpu.flopsAt16Bit
    case .fp4, .mxfp4: gpu.flopsAt4Bit ?? gpu.flopsAt16Bit
    }
  }

  static let microscaledBits = 4.25

  /// Key of its coefficients; nil at 16 bits, which the others are measured against.
  var coefficientKey: String? {
    switch self {
    case .fp16, .bf16: nil
    case .fp8: "fp8"
    case .fp4: "fp4"
    case .mxfp4: "mxfp4"
    case .q4KM, .q4Zero: "q4"
    }
  }

  var is4BitInteger: Bool { self == .q4KM || self == .q4Zero }

  public var is16Bit: Bool { self == .fp16 || self == .bf16 }
}

/// How many bits a cached key or value takes.
public enum CachePrecision: String, CaseIterable, Equatable, Sendable {
  case fp16, fp8

  var shareOf16Bit: Double { self == .fp16 ? 1 : 0.5 }
}
