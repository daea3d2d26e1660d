#!/usr/bin/env bash
# A detector that asks for the truth does not compile; the same module with one that reads the public
# record does. Needs a release build.
set -uo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# As the package manager names the package: after its folder.
package=$(basename "$PWD" | tr 'A-Z' 'a-z' | sed 's/[^a-z0-9_]/_/g')

compiles() { # SOURCE
  find Sources/Detection -name '*.swift' -print0 |
    xargs -0 swiftc -typecheck -swift-version 6 -module-name Detection \
      -package-name "$package" \
      -I .build/release/Modules -I Sources/CacheHints "$1" 2>"$work/errors"
}

cat >"$work/fair.swift" <<'SWIFT'
func scores(of record: PublicRecord) -> Int { record.walletCount }
SWIFT
cat >"$work/imports.swift" <<'SWIFT'
import DetectionScoring
func scores(of truth: GroundTruth) -> [Bool] { truth.isFraud }
SWIFT
cat >"$work/names.swift" <<'SWIFT'
func scores(of truth: GroundTruth) -> [Bool] { truth.isFraud }
SWIFT
cat >"$work/asks.swift" <<'SWIFT'
func scores(of record: PublicRecord) -> [Bool] { record.isFraud }
SWIFT

compiles "$work/fair.swift" || { cat "$work/errors"; exit 1; }
refused() { # SOURCE REASON
  if compiles "$work/$1.swift"; then
    echo "a detector that $1 compiles" >&2
    return 1
  fi
  grep -q "$1.swift:.*$2" "$work/errors" || { cat "$work/errors"; return 1; }
}
refused imports "circular dependency between modules" &&
  refused names "cannot find type 'GroundTruth'" &&
  refused asks "has no member 'isFraud'"
