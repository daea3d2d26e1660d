/// How an inference server orders its requests.
public enum Discipline: String, CaseIterable, Equatable, Sendable {
  /// One request at a time, in order of arrival, as llama.cpp behind a lock.
  case fifo
  /// Many at once, as vLLM does: every step decodes all running sequences and reads prompt chunks
  /// within a token budget.
  case continuousBatching
}

/// Limits of an inference server, with vLLM's defaults.
public struct ServerSettings: Equatable, Sendable {
  public var discipline: Discipline
  /// Tokens that one step may process, prompts and decodes together.
  public var tokenBudget = 2_048
  /// Sequences that may run at once.
  public var sequencesMaximum = 256
  /// Tokens per KV block; memory is handed out in whole blocks. 1, 2, 4, 8 or 16.
  public var blockTokens = 16
  /// Whether a step is composed while the one before it runs, as vLLM does by default since 0.14: an
  /// arrival then waits for the step after the next unless the server stands idle.
  public var schedulesAhead = false
  /// Whether a preempted request finds again those of its KV blocks that nobody took meanwhile, as
  /// vLLM's prefix cache gives them back by default.
  public var keepsFreedBlocks = true
  /// Overrides what `MemoryFit` computes, for a server whose log states its capacity.
  public var cacheTokens: Int?
  /// Overrides the model's context limit, for a server started with a shorter one.
  public var contextMaximum: Int?

  public init(discipline: Discipline) { self.discipline = discipline }

  func validate() throws(DeploymentProblem) {
    guard (1...65_535).contains(sequencesMaximum) else {
      throw .invalidSettings("the sequence limit is \(sequencesMaximum); give 1 to 65535")
    }
    guard (sequencesMaximum...1_048_576).contains(tokenBudget) else {
      throw .invalidSettings(
        "the token budget is \(tokenBudget); give at least the sequence limit, \(sequencesMaximum), "
          + "and at most 1048576")
    }
    guard [1, 2, 4, 8, 16].contains(blockTokens) else {
      throw .invalidSettings("KV blocks of \(blockTokens) tokens; give 1, 2, 4, 8 or 16")
    }
    if let cacheTokens, !(blockTokens...Int(Int32.max)).contains(cacheTokens) {
      throw .invalidSettings("the KV cache holds \(cacheTokens) tokens; give at least one block")
    }
    if let contextMaximum, !(1...Int(Int32.max)).contains(contextMaximum) {
      throw .invalidSettings("the context limit is \(contextMaximum) tokens; give at least 1")
    }
  }
}
