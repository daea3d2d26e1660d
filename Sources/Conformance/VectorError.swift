/// Bad input: the file cannot be read, or is not what the format says.
public struct VectorError: Error, Equatable, CustomStringConvertible {
  public var file: String
  /// From 1; nil when the complaint is about the whole file.
  public var line: Int?
  /// In bytes, from 1.
  public var column: Int?
  public var message: String

  init(file: String, line: Int? = nil, column: Int? = nil, message: String) {
    self.file = file
    self.line = line
    self.column = column
    self.message = message
  }

  public var description: String {
    let place = [file, line.map(String.init), column.map(String.init)].compactMap(\.self)
    return "\(place.joined(separator: ":")): error: \(message)"
  }
}
