import EVM
import Testing

@Suite("Keccak-256") struct KeccakTests {
  @Test(
    "gives Ethereum's known answers",
    arguments: [
      ("", "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"),
      ("abc", "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45"),
      (
        "Transfer(address,address,uint256)",
        "ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef"
      ),
    ])
  func knownAnswers(message: String, digest: String) {
    #expect(hexadecimal(Keccak.hash(message.utf8)) == digest)
  }

  @Test("pads messages of one block less one, one block, and one block and one")
  func blockBoundaries() {
    let digests = [135, 136, 137].map { Keccak.hash([UInt8](repeating: 0x61, count: $0)) }
    #expect(Set(digests).count == 3)
    // From a second implementation, written in Python from the reference.
    #expect(
      hexadecimal(digests[1])
        == "a6c4d403279fe3e0af03729caada8374b5ca54d8065329a3ebcaeb4b60aa386e")
  }

  @Test("gives the selector of a signature") func selector() {
    #expect(Machine.selector("transfer(address,uint256)") == [0xA9, 0x05, 0x9C, 0xBB])
  }

  private func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef")
    return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }
}
