/// Plain computation of a function that checks first and acts then, in units of gas.
///
/// Paid in two parts, so that a call that fails a check pays what it had done by then: the first
/// part is what the vectors charge a call that fails a middle check.
struct ComputeCost: BitwiseCopyable {
  let checks: Int64
  let effects: Int64

  init(_ checks: Int64, of total: Int64) {
    self.checks = checks
    effects = total - checks
  }
}
