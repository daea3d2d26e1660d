#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#else
  private import Darwin
#endif

/// xʸ from the platform's mathematics library, which the standard library does not offer.
func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
