import Experiments
import Foundation

/// One line on standard error that says how far a run is; shown on a terminal only.
final class ProgressLine {
  private let isShown: Bool
  private let title: String
  private let start = Date()
  private var isOnScreen = false

  private let noun: String

  init(isShown: Bool, title: String, noun: String = "replications") {
    self.noun = noun
    self.isShown = isShown && isatty(STDERR_FILENO) == 1
    self.title = title
  }

  func show(_ progress: RunProgress) {
    show(
      "\(progress.done + progress.resumed)/\(progress.planned) \(noun), ", progress.fraction)
  }

  /// - Parameter share: Of the work, 0 … 1.
  func show(share: Double) { show("", share) }

  private func show(_ counts: String, _ fraction: Double) {
    guard isShown else { return }
    let elapsed = Date().timeIntervalSince(start)
    var text = "\(title): \(counts)\(Int(fraction * 100)) %"
    // The first percent says little about the rest.
    if fraction > 0.01 {
      text += ", \(Self.clock(elapsed / fraction - elapsed)) left"
    }
    write("\r\(text)\u{1B}[K")
    isOnScreen = true
  }

  func clear() {
    guard isOnScreen else { return }
    write("\r\u{1B}[K")
    isOnScreen = false
  }

  private func write(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }

  static func clock(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded(.up))
    if whole < 60 { return "\(whole) s" }
    if whole < 3_600 { return "\(whole / 60) min \(whole % 60) s" }
    return "\(whole / 3_600) h \(whole % 3_600 / 60) min"
  }
}
