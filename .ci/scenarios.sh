#!/bin/sh
# Runs every scenario and sweep that ships at full size and prints one table: seconds, expectations held.
#
#   PROGRAM    the release program (default .build/release/marketsim)
#   FOLDER     scenarios, with the folders below it (default Scenarios)
#
# Exit 1 when a scenario fails.
set -eu
program=${PROGRAM:-.build/release/marketsim}
folder=${FOLDER:-Scenarios}
[ -x "$program" ] || { echo "scenarios: $program is missing; build it first" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
failed=0
printf '%-44s %8s %12s  %s\n' scenario seconds expectations verdict
for file in $(find "$folder" -name '*.yaml' | LC_ALL=C sort); do
  command=run
  grep -q '^sweep:' "$file" && command=sweep
  [ "$command" = sweep ] || grep -q '^marketsim:' "$file" || continue
  set --
  start=$(date +%s.%N)
  status=0
  "$program" "$command" "$file" --output "$work" "$@" >"$work/out" 2>"$work/err" || status=$?
  end=$(date +%s.%N)
  if [ "$command" = sweep ]; then
    # "expectations: 11 of 12 hold"
    set -- $(sed -n 's/^expectations: \([0-9]*\) of \([0-9]*\) hold.*/\1 \2/p' "$work/out" "$work/err")
    held=${1:-0}
    missed=$((${2:-0} - held))
  else
    held=$(grep -c '^holds:' "$work/out" || true)
    missed=$(grep -c 'expectation fails:' "$work/err" || true)
  fi
  verdict=holds
  if [ "$status" -ne 0 ]; then
    verdict="fails ($status)"
    failed=1
  fi
  awk -v name="${file#"$folder"/}" -v start="$start" -v end="$end" -v held="$held" \
    -v all="$((held + missed))" -v verdict="$verdict" 'BEGIN {
      printf "%-44s %8.1f %12s  %s\n", name, end - start, held " of " all, verdict }'
  [ "$status" -eq 0 ] || sed 's/^/    /' "$work/err"
  rm -rf "$work"/*/
done
exit "$failed"
