#!/bin/sh
# Times a sweep of 1,000 runs of the baseline, two minutes of a tenth of its people, with one worker
# and with two, in turns on one quiet machine, and holds the memory of 100 runs beside that of 1,000.
#
#   MARKETSIM  the release program (default .build/release/marketsim)
#   PAIRS      how often both are run; the median ratio counts (default 7)
#
# Exit 0 even when the ratio falls short: wall time is recorded, never enforced. Exit 1 when one and
# two workers do not write the same bytes.
set -eu
marketsim=${MARKETSIM:-.build/release/marketsim}
pairs=${PAIRS:-7}
[ -x "$marketsim" ] || { echo "bench-sweep: $marketsim is missing; build it first" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM

sweep_file() { # RUNS FILE
  cat >"$2" <<YAML
sweep: 1
name: speed
scenario: $(pwd)/Scenarios/baseline.yaml
set:
  duration: 2min
  hosts.home.count: 150
  hosts.rack.count: 10
  renters.chat.count: 2000
  expect: []
design: grid
factors:
  - {path: chain.backgroundLoad, from: 10%, to: 100%, levels: 10}
replications: $(($1 / 10))
metrics: [unserved_fraction, latency_mean]
YAML
}
sweep_file 100 "$work/100.yaml"
sweep_file 1000 "$work/1000.yaml"

# Seconds of one sweep of 1,000 runs from nothing.
seconds() { # WORKERS
  rm -rf "$work/out-$1"
  start=$(date +%s.%N)
  "$marketsim" sweep "$work/1000.yaml" --quiet --workers "$1" --output "$work/out-$1"
  date +%s.%N | awk -v start="$start" '{ printf "%.3f\n", $1 - start }'
}

seconds 2 >/dev/null # warms the file cache
printf '%6s %12s %12s %8s\n' pair '1 worker' '2 workers' ratio
pair=0
while [ "$pair" -lt "$pairs" ]; do
  pair=$((pair + 1))
  one=$(seconds 1)
  two=$(seconds 2)
  awk -v pair="$pair" -v one="$one" -v two="$two" 'BEGIN {
    printf "%6d %10.2f s %10.2f s %7.2fx\n", pair, one, two, one / two }' | tee -a "$work/pairs"
done
awk '{ print $6 + 0 }' "$work/pairs" | sort -n | awk '{ v[NR] = $1 } END {
  median = NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2
  printf "median %.2fx of %d pairs (wanted 1.9 on two idle cores)\n", median, NR }'

if ! diff -r --exclude=manifest.json "$work/out-1" "$work/out-2" >/dev/null; then
  echo "bench-sweep: one and two workers wrote different bytes" >&2
  exit 1
fi
echo "one and two workers wrote the same bytes"

# Peak memory as the kernel counts it, where its time command is installed.
if [ -x /usr/bin/time ]; then
  for runs in 100 1000; do
    /usr/bin/time -f %M -o "$work/memory" "$marketsim" sweep "$work/$runs.yaml" --quiet \
      --workers 2 --output "$work/memory-$runs"
    awk -v runs="$runs" '{ printf "peak memory of %d runs: %.1f MiB\n", runs, $1 / 1024 }' \
      "$work/memory"
  done
fi
