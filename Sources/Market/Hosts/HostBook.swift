/// What is seldom asked about a host, apart from what every event reads: 40 bytes.
struct HostBook: BitwiseCopyable {
  /// What became of results that it made up: paid, or found out and not paid; those that had to be
  /// proven and the others apart, since others look at them.
  struct Deeds: BitwiseCopyable {
    var paid: UInt32 = 0
    var found: UInt32 = 0

    var decided: UInt32 { paid + found }
  }

  var proven = Deeds()
  var unproven = Deeds()
  /// Completed jobs that its own renters bought of it.
  var washed: UInt32 = 0
  /// Completed jobs whose payment it has or has lost.
  var settled: UInt32 = 0
  /// USD of the jobs that it completed, less the fee and what was given back since; at the prices of
  /// the times, whether the payment has come yet or not.
  var earned = 0.0
  /// FAB that renters who disputed in vain lost to it.
  var bonds = 0.0

  subscript(isProven: Bool) -> Deeds {
    get { isProven ? proven : unproven }
    set { if isProven { proven = newValue } else { unproven = newValue } }
  }

  func since(_ earlier: HostBook) -> HostBook {
    var rest = self
    rest.washed -= earlier.washed
    rest.settled -= earlier.settled
    rest.bonds -= earlier.bonds
    return rest
  }
}
