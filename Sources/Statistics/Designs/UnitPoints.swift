/// Points of the unit cube, one row a point.
public struct UnitPoints: Sendable, Equatable {
  public let dimensions: Int
  /// Row after row, each coordinate in 0 … 1.
  public private(set) var coordinates: [Double] = []

  init(dimensions: Int, reserving count: Int = 0) {
    self.dimensions = dimensions
    coordinates.reserveCapacity(count * dimensions)
  }

  public var count: Int { dimensions == 0 ? 0 : coordinates.count / dimensions }

  public subscript(point: Int) -> ArraySlice<Double> {
    coordinates[(point * dimensions)..<((point + 1) * dimensions)]
  }

  mutating func append(_ point: some Collection<Double>) {
    assert(point.count == dimensions, "a point has one coordinate for each factor")
    coordinates.append(contentsOf: point)
  }
}
