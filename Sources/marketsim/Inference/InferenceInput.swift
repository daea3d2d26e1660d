import ArgumentParser
import Calibration
import Foundation
import Inference

/// Files and names that the inference commands take, with their complaints on standard error.
enum InferenceInput {
  static func bytes(_ path: String) throws -> [UInt8] {
    do {
      return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      printError("\(path): error: the file cannot be read: \(error.localizedDescription)")
      throw ExitCode.badInput
    }
  }

  static func printBytes(_ bytes: [UInt8]) {
    FileHandle.standardOutput.write(Data(bytes))
  }

  static func write(_ text: String, to path: String) throws {
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      printError("\(path): error: the file cannot be written: \(error.localizedDescription)")
      throw ExitCode.badInput
    }
  }

  static func measurements(_ path: String) throws -> MeasurementSet {
    do {
      return MeasurementSet(try MeasurementFile(parsing: try bytes(path)))
    } catch let problems as MeasurementFile.Problems {
      throw complaint(problems.all, in: path)
    }
  }

  static func recording(_ path: String) throws -> RequestRecording {
    do {
      return try RequestRecording(parsing: try bytes(path))
    } catch let problems as RequestRecording.Problems {
      throw complaint(problems.all, in: path)
    }
  }

  static func coefficients(_ path: String?) throws -> CoefficientTable {
    guard let path else { return Catalogue.coefficients }
    do {
      return try CoefficientTable(try CSVTable(parsing: try bytes(path)))
    } catch let problem as CSVTable.Problem {
      throw complaint([problem], in: path)
    }
  }

  /// Runs `body`, and turns what is wrong with names or hardware into a message and exit status 2.
  static func located<Value>(_ path: String? = nil, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let problems as ReplayLog.Problems {
      let prefix = path.map { "\($0):" } ?? ""
      printError(problems.all.prefix(20).map { "\(prefix)\($0)" }.joined(separator: "\n"))
      if problems.all.count > 20 {
        printError("\(prefix) \(problems.all.count - 20) more problems")
      }
    } catch let error as CatalogueError {
      printError("error: \(error)")
    } catch let error as DeploymentProblem {
      printError("error: \(error)")
    } catch let error as ArgumentProblem {
      printError("error: \(error)")
    } catch let error as ServiceLevel.Problem {
      printError("error: \(error)")
    }
    throw ExitCode.badInput
  }

  private static func complaint(_ problems: [CSVTable.Problem], in path: String) -> any Error {
    printError(problems.prefix(20).map { "\(path):\($0)" }.joined(separator: "\n"))
    if problems.count > 20 { printError("\(path): \(problems.count - 20) more problems") }
    return ExitCode.badInput
  }
}
