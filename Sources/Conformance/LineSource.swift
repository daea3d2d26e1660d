import Foundation

/// The lines of a vector file, one at a time, so that memory holds one line and not the file.
///
/// A name that ends in `.gz` is read through `gzip -dc`, which every Debian and macOS machine has;
/// linking zlib would add a system package for that alone. `-` is standard input.
struct LineSource: ~Copyable {
  private let name: String
  private let handle: FileHandle
  private let decompressor: Process?
  private var buffer: [UInt8] = []
  private var start = 0
  private var ended = false
  /// Number of the line last returned, from 1.
  private(set) var line = 0

  /// A line beyond this is no vector file.
  private static let longestLine = 256 << 20
  private static let chunk = 1 << 16

  init(_ name: String) throws(VectorError) {
    self.name = name
    if name == "-" {
      handle = .standardInput
      decompressor = nil
      return
    }
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: name) else {
      throw VectorError(file: name, message: "no such file")
    }
    guard attributes[.type] as? FileAttributeType != .typeDirectory else {
      throw VectorError(file: name, message: "is a folder")
    }
    guard let file = FileHandle(forReadingAtPath: name) else {
      throw VectorError(file: name, message: "cannot be opened for reading")
    }
    guard name.hasSuffix(".gz") else {
      handle = file
      decompressor = nil
      return
    }
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gzip", "-dc"]
    process.standardInput = file
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    do { try process.run() } catch {
      throw VectorError(file: name, message: "gzip cannot be started: \(error)")
    }
    handle = pipe.fileHandleForReading
    decompressor = process
  }

  deinit {
    if let decompressor, decompressor.isRunning { decompressor.terminate() }
  }

  /// The next line without its end, nil after the last.
  mutating func next() throws(VectorError) -> [UInt8]? {
    var searched = start
    while true {
      if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        return take(upTo: end, resumingAt: end + 1)
      }
      guard !ended else { return start < buffer.count ? take(upTo: buffer.count) : nil }
      guard buffer.count - start < Self.longestLine else {
        throw VectorError(file: name, line: line + 1, message: "the line is too long")
      }
      buffer.removeFirst(start)
      start = 0
      searched = buffer.count
      try fill()
    }
  }

  private mutating func take(upTo end: Int, resumingAt resumption: Int? = nil) -> [UInt8] {
    defer { start = resumption ?? end }
    line += 1
    return Array(buffer[start..<end])
  }

  private mutating func fill() throws(VectorError) {
    do {
      if let data = try handle.read(upToCount: Self.chunk), !data.isEmpty {
        buffer.append(contentsOf: data)
        return
      }
    } catch { throw VectorError(file: name, message: "cannot be read: \(error)") }
    ended = true
    guard let decompressor else { return }
    decompressor.waitUntilExit()
    guard decompressor.terminationStatus == 0 else {
      throw VectorError(file: name, message: "is not a complete gzip file")
    }
  }
}
