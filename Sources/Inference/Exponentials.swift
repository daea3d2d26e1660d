#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#else
  private import Darwin
#endif

/// eˣ from the platform's mathematics library, which the standard library does not offer.
package func exponential(_ exponent: Double) -> Double { exp(exponent) }

/// xʸ, as above.
func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }

/// Natural logarithm, as above.
package func logarithm(_ value: Double) -> Double { log(value) }
