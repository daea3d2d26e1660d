import Quantities
import Testing

@Suite("A list with one owner") struct UniqueListTests {
  /// Seven bytes: any element's alignment and stride differ.
  private struct Element: BitwiseCopyable, Equatable {
    var word: UInt32
    var half: UInt16
    var byte: UInt8

    init(_ number: Int) {
      word = UInt32(truncatingIfNeeded: number &* 2_654_435_761)
      half = UInt16(truncatingIfNeeded: number)
      byte = UInt8(truncatingIfNeeded: number >> 5)
    }
  }

  /// Linear congruence: any sequence will do, as long as the seed fixes it.
  fileprivate struct Choices {
    var state: UInt64
    mutating func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
  }

  @Test("does what an array does, through every growth", arguments: 1...50)
  func agreesWithArray(seed: Int) {
    var choices = Choices(state: UInt64(seed))
    var list = UniqueList<Element>(reserving: choices.next(9))
    var array: [Element] = []
    for number in 0..<2_000 {
      switch choices.next(6) {
      case 0:
        let last = list.popLast()
        #expect(last == array.popLast(), "seed \(seed)")
      case 1 where !array.isEmpty:
        let index = choices.next(array.count)
        list[index] = Element(-number)
        array[index] = Element(-number)
      case 2 where !array.isEmpty:
        let index = choices.next(array.count)
        list[index].half &+= 7
        array[index].half &+= 7
      default:
        list.append(Element(number))
        array.append(Element(number))
      }
      #expect(list.count == array.count && list.isEmpty == array.isEmpty)
      // A hint, which changes nothing wherever it points.
      list.fetch(choices.next(4_000))
      if let index = array.indices.randomElement(using: &choices) {
        let element = list[index]
        #expect(element == array[index], "seed \(seed)")
      }
    }
    let copied = list.indices.map { list[$0] }
    #expect(copied == array, "seed \(seed)")
  }

  @Test("begins with the elements that it is given") func elements() {
    let list = UniqueList([3, 1, 4, 1, 5])
    let copied = list.indices.map { list[$0] }
    #expect(copied == [3, 1, 4, 1, 5])
    let empty = UniqueList<Int>([])
    #expect(empty.isEmpty && empty.indices.isEmpty)
  }

  @Test("traps on an index beyond its end, even where its memory goes on") func bounds() async {
    await #expect(processExitsWith: .failure) {
      var list = UniqueList<Int>(reserving: 64)
      list.append(1)
      _ = list[1]
    }
    await #expect(processExitsWith: .failure) {
      let list = UniqueList([1, 2, 3])
      _ = list[-1]
    }
    await #expect(processExitsWith: .failure) {
      var list = UniqueList([1])
      _ = list.popLast()
      list[0] = 2
    }
  }
}

extension UniqueListTests.Choices: RandomNumberGenerator {
  fileprivate mutating func next() -> UInt64 {
    UInt64(next(1 << 31)) << 33 | UInt64(next(1 << 31)) << 2
  }
}
