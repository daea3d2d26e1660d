package import Inference

/// Requests of a recorded trace: when they came and how long they were.
package struct RequestRecording: Equatable, Sendable {
  /// In seconds, in order.
  package let arrivals: [Double]
  package let promptTokens, outputTokens: [Int]

  package struct Problems: Error, Equatable, Sendable {
    package let all: [CSVTable.Problem]
  }

  /// Reads the columns `arrival_s, prompt_tokens, output_tokens`; others are ignored.
  ///
  /// - Throws: Every problem: a missing column, a cell that is no number, arrivals out of order, fewer
  ///   than 20 requests.
  package init(parsing bytes: [UInt8]) throws(Problems) {
    let table: CSVTable
    do {
      table = try CSVTable(parsing: bytes)
    } catch {
      throw Problems(all: [error])
    }
    let wanted = ["arrival_s", "prompt_tokens", "output_tokens"]
    let missing = wanted.filter { table.column($0) == nil }
    guard missing.isEmpty else {
      throw Problems(all: [
        CSVTable.Problem(
          line: 1, column: 1,
          message: "a trace needs the columns \(wanted.joined(separator: ", ")); missing here: "
            + missing.joined(separator: ", "))
      ])
    }
    var (arrivals, prompts, outputs): ([Double], [Int], [Int]) = ([], [], [])
    var problems: [CSVTable.Problem] = []
    for cells in table.rows {
      let reader = NumberReader(table: table, cells: cells)
      do throws(CSVTable.Problem) {
        let arrival = try reader.nonNegative("arrival_s")
        if let last = arrivals.last, arrival < last {
          throw reader.problem("arrival_s", "is before the row above; sort the rows by arrival")
        }
        let prompt = try reader.tokens("prompt_tokens")
        outputs.append(try reader.tokens("output_tokens"))
        prompts.append(prompt)
        arrivals.append(arrival)
      } catch {
        problems.append(error)
      }
    }
    if problems.isEmpty, arrivals.count < 20 {
      problems.append(
        CSVTable.Problem(
          line: 1, column: 1,
          message: "the trace has \(arrivals.count) requests; a fit needs at least 20"))
    }
    guard problems.isEmpty else { throw Problems(all: problems) }
    self.arrivals = arrivals
    promptTokens = prompts
    outputTokens = outputs
  }
}

extension NumberReader {
  fileprivate func tokens(_ column: String) throws(CSVTable.Problem) -> Int {
    let value = try positive(column)
    guard value == value.rounded(), value <= 10_000_000 else {
      throw problem(column, "is not a whole number of tokens from 1 to 10000000")
    }
    return Int(value)
  }
}
