import Testing

@testable import Scenario

@Suite("A damaged scenario")
struct MutationTests {
  /// Draws that are the same in every run (SplitMix64).
  private struct Draws {
    var state: UInt64

    mutating func next(below bound: Int) -> Int {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return Int((z ^ (z >> 31)) % UInt64(bound))
    }
  }

  /// Bytes that mean something in YAML or in values come up more often than others.
  private static let telling = Array("{}[]:,-#&*!|>'\"%@`\n \t?_.0129eE\u{0}".utf8) + [0xC3, 0xFF]

  private func damage(_ bytes: inout [UInt8], _ draws: inout Draws) {
    for _ in 0...draws.next(below: 4) {
      let place = draws.next(below: bytes.count)
      let byte =
        draws.next(below: 4) == 0
        ? UInt8(draws.next(below: 256)) : Self.telling[draws.next(below: Self.telling.count)]
      switch draws.next(below: 5) {
      case 0: bytes[place] = byte
      case 1: bytes.insert(byte, at: place)
      case 2: bytes.remove(at: place)
      case 3:
        let end = min(bytes.count, place + draws.next(below: 60))
        bytes.insert(contentsOf: bytes[place..<end], at: draws.next(below: bytes.count))
      default: bytes.removeSubrange(place..<min(bytes.count, place + draws.next(below: 30)))
      }
      if bytes.isEmpty { bytes.append(byte) }
    }
  }

  @Test(
    "is either read or refused with places that exist", arguments: [UInt64(1), 2, 3, 4])
  func neverCrashes(seed: UInt64) throws {
    let original = Array(try Repository.text("Scenarios/baseline.yaml").utf8)
    var draws = Draws(state: seed)
    var refused = 0
    for round in 0..<250 {
      var bytes = original
      damage(&bytes, &draws)
      let lineCount = bytes.count { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } + 1
      do throws(ScenarioErrors) {
        _ = try ScenarioFile.load(path: "d.yaml") { [bytes] path, _ in
          path == "d.yaml" ? .success(bytes) : .failure(.missing)
        }
      } catch {
        refused += 1
        for complaint in error.errors {
          // Unicode line separators, which YAML counts, may add lines to those counted here.
          #expect(
            complaint.location.source == "d.yaml" && complaint.location.column >= 1
              && (1...lineCount + 20).contains(complaint.location.line)
              && !complaint.key.isEmpty && !complaint.whatToDo.isEmpty,
            "seed \(seed), round \(round): \(complaint)")
        }
        #expect(error.errors.map(\.location) == error.errors.map(\.location).sorted())
      }
    }
    #expect(refused > 100)
  }

  @Test("cut off at any byte is either read or refused") func cutOff() throws {
    let original = Array(Fixture.minimal.utf8)
    for length in 0...original.count {
      let bytes = Array(original[..<length])
      do throws(ScenarioErrors) {
        _ = try ScenarioFile.load(path: "d.yaml") { _, _ in .success(bytes) }
      } catch {
        #expect(length < original.count, "\(error)")
      }
    }
  }
}
