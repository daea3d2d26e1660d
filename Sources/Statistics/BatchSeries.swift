/// Averages of consecutive observations, in bounded memory, for finding the end of a warm-up.
///
/// Starts with batches of five, as MSER-5 asks. When `capacity` batches are full, neighbours are
/// joined and the batch size doubles, so a run of any length keeps at least half of `capacity`.
public struct BatchSeries: Sendable {
  /// Whole batches, in order of observation.
  public private(set) var means: [Double] = []
  /// Observations in each batch: five times a power of two unless told otherwise.
  public private(set) var batchSize: Int
  private let capacity: Int
  private var openSum = 0.0
  private var openCount = 0

  /// - Parameter capacity: Even, at least 4.
  public init(batchSize: Int = 5, capacity: Int = 8192) {
    precondition(batchSize > 0 && capacity >= 4 && capacity.isMultiple(of: 2))
    self.batchSize = batchSize
    self.capacity = capacity
    means.reserveCapacity(capacity)
  }

  public mutating func record(_ value: Double) {
    openSum += value
    openCount += 1
    if openCount == batchSize { closeBatch() }
  }

  private mutating func closeBatch() {
    means.append(openSum / Double(batchSize))
    openSum = 0
    openCount = 0
    guard means.count == capacity else { return }
    for pair in 0..<(capacity / 2) { means[pair] = (means[2 * pair] + means[2 * pair + 1]) / 2 }
    means.removeLast(capacity / 2)
    batchSize *= 2
  }
}
