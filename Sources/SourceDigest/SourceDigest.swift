import Foundation
import PackagePlugin

/// Embeds a digest of the sources and of the resolved dependencies in the module `BuildIdentity`.
///
/// Run ids depend on it, so that results of one program are never taken for those of another. A
/// digest of the executable would do that too, but would differ between two builds of the same
/// sources, and shards computed with them could not be merged.
///
/// The digest covers every file below `Sources` in byte order of their paths, `Package.swift`, and
/// name, version and revision of each dependency (not its location, which a mirror changes).
@main
struct SourceDigest: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
    let root = context.package.directoryURL
    let output = context.pluginWorkDirectoryURL.appending(path: "SourceDigest.swift")
    return [
      .buildCommand(
        displayName: "Digesting the sources",
        executable: URL(filePath: "/bin/sh"),
        arguments: [
          "-c", Self.script, "sh", root.path(percentEncoded: false),
          output.path(percentEncoded: false),
        ],
        inputFiles: try inputs(below: root),
        outputFiles: [output])
    ]
  }

  /// Linux has `sha256sum`, macOS `shasum`; both print the digest first.
  private static let script = """
    set -eu
    cd "$1"
    if command -v sha256sum >/dev/null; then sum=sha256sum; else sum='shasum -a 256'; fi
    digest=$( {
      find Sources Package.swift -type f ! -name '.*' -print0 | LC_ALL=C sort -z | xargs -0 $sum
      grep -E '"(identity|version|revision)"' Package.resolved || true
    } | $sum | cut -c 1-32)
    cat > "$2" <<END
    /// SHA-256 of sources and resolved dependencies, first 128 bits; written by Plugins/SourceDigest.
    let sourceDigest = "$digest"
    END
    """

  private func inputs(below root: URL) throws -> [URL] {
    let sources = root.appending(path: "Sources")
    let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
    var inputs = (files?.compactMap { $0 as? URL } ?? []).filter { !$0.hasDirectoryPath }
    inputs.append(root.appending(path: "Package.swift"))
    let resolved = root.appending(path: "Package.resolved")
    if FileManager.default.fileExists(atPath: resolved.path(percentEncoded: false)) {
      inputs.append(resolved)
    }
    return inputs.sorted { $0.path < $1.path }
  }
}
