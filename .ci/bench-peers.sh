#!/bin/sh
# Runs the hold and market benchmarks beside ns-3 and SimPy, in turns on one machine, and prints the
# ratios.
#
#   PEERS      folder with hold_ns3.cc, hold_simpy.py and market_simpy.py (default ../shared/peers)
#   MARKETSIM  the release program (default .build/release/marketsim)
#   ROUNDS     how often each program runs at each size; the median counts (default 3)
#
# A peer that is not installed is skipped with a message. Exit 0 even when a ratio falls short:
# wall time is recorded, never enforced.
set -eu
peers=${PEERS:-../shared/peers}
marketsim=${MARKETSIM:-.build/release/marketsim}
rounds=${ROUNDS:-3}
# SimPy is compared at the sizes where it takes seconds, not minutes.
simpy_largest=100000

[ -x "$marketsim" ] || { echo "bench-peers: $marketsim is missing; build it first" >&2; exit 2; }
[ -d "$peers" ] || { echo "bench-peers: no folder $peers; skipped (set PEERS)"; exit 0; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM

ns3=
if [ ! -f "$peers/hold_ns3.cc" ]; then
  echo "bench-peers: $peers/hold_ns3.cc is missing; ns-3 skipped"
elif ! command -v g++ >/dev/null 2>&1; then
  echo "bench-peers: g++ is missing; ns-3 skipped"
elif g++ -O2 -std=c++17 "$peers/hold_ns3.cc" -o "$work/hold_ns3" -lns3-core 2>"$work/ns3.log"; then
  ns3=$work/hold_ns3
else
  echo "bench-peers: hold_ns3.cc does not build; ns-3 skipped (apt-get install libns3-dev)"
fi

simpy=
if [ ! -f "$peers/hold_simpy.py" ]; then
  echo "bench-peers: $peers/hold_simpy.py is missing; SimPy skipped"
elif python3 -c 'import simpy' 2>/dev/null; then
  simpy=$peers/hold_simpy.py
else
  echo "bench-peers: SimPy cannot be imported; skipped (pip install simpy)"
fi

median() { sort -n | awk '{ v[NR] = $1 } END { if (NR) print v[int((NR + 1) / 2)] }'; }

# ns-3 has several schedulers; its best at each size is what counts.
ns3_best() {
  for scheduler in Heap Map PriorityQueue Calendar; do
    # The calendar takes minutes at a million pending.
    if [ "$scheduler" = Calendar ] && [ "$1" -gt 10000 ]; then continue; fi
    "$ns3" "$1" "$2" "ns3::${scheduler}Scheduler" | awk '{ print $NF }'
  done | sort -n | tail -1
}

printf '%10s %14s %14s %9s %14s %9s\n' \
  pending 'events/s' 'ns-3 best' 'ratio' 'SimPy' 'ratio'
for size in 100 1000 10000 100000 1000000; do
  events=$((size * 3 > 3000000 ? size * 3 : 3000000))
  : >"$work/ours" && : >"$work/ns3" && : >"$work/simpy"
  round=0
  while [ "$round" -lt "$rounds" ]; do
    round=$((round + 1))
    "$marketsim" bench hold --size "$size" --json 2>/dev/null |
      sed -n 's/.*"name":"hold",.*"value":\([0-9.e+-]*\),.*/\1/p' >>"$work/ours"
    if [ -n "$ns3" ]; then ns3_best "$size" "$events" >>"$work/ns3"; fi
    if [ -n "$simpy" ] && [ "$size" -le "$simpy_largest" ]; then
      python3 "$simpy" "$size" 300000 | awk '{ print $NF }' >>"$work/simpy"
    fi
  done
  awk -v size="$size" -v ours="$(median <"$work/ours")" \
    -v ns3="$(median <"$work/ns3")" -v simpy="$(median <"$work/simpy")" '
    function against(peer) { return peer > 0 ? sprintf("%8.2fx", ours / peer) : "        -" }
    function figure(value) { return value > 0 ? sprintf("%14.0f", value) : "             -" }
    BEGIN { printf "%10d %s %s %s %s %s\n", size, figure(ours), figure(ns3), against(ns3),
            figure(simpy), against(simpy) }'
done

# The whole market beside the same lifecycle written by hand: 2,000 hosts, 500 renters, half an hour
# at 200,000 jobs an hour.
if [ ! -f "$peers/market_simpy.py" ] || [ -z "$simpy" ]; then
  echo "bench-peers: no market_simpy.py or no SimPy; the market is not compared"
  exit 0
fi
: >"$work/jobs" && : >"$work/transactions" && : >"$work/simpy_jobs" && : >"$work/simpy_transactions"
round=0
while [ "$round" -lt "$rounds" ]; do
  round=$((round + 1))
  "$marketsim" bench market --size 2000 --json 2>/dev/null >"$work/market"
  sed -n 's/.*"name":"market",.*"value":\([0-9.e+-]*\),.*/\1/p' "$work/market" >>"$work/jobs"
  sed -n 's/.*"name":"market_transactions",.*"value":\([0-9.e+-]*\),.*/\1/p' "$work/market" \
    >>"$work/transactions"
  python3 "$peers/market_simpy.py" 2000 500 200000 0.5 >"$work/market"
  sed -n 's/.*jobs\/s=\([0-9.]*\).*/\1/p' "$work/market" >>"$work/simpy_jobs"
  sed -n 's/.*tx\/s=\([0-9.]*\).*/\1/p' "$work/market" >>"$work/simpy_transactions"
done
printf '\n%20s %14s %14s %9s\n' 'market, 2000 hosts' ours SimPy ratio
for figure in jobs transactions; do
  awk -v name="$figure/s" -v ours="$(median <"$work/$figure")" \
    -v simpy="$(median <"$work/simpy_$figure")" 'BEGIN {
      printf "%20s %14.0f %14.0f %8.2fx\n", name, ours, simpy, ours / simpy }'
done

# A day of 10,000 hosts of every conduct, watched by every detector, beside the same day of honest
# hosts by hand, who do none of this.
: >"$work/jobs" && : >"$work/simpy_jobs"
round=0
while [ "$round" -lt "$rounds" ]; do
  round=$((round + 1))
  start=$(date +%s.%N)
  "$marketsim" run Scenarios/population.yaml --force --quiet --output "$work/population" || true
  end=$(date +%s.%N)
  awk -F, -v start="$start" -v end="$end" \
    '$1 == "jobs_completed" { print $3 / (end - start) }' "$work"/population/*/*/summary.csv \
    >>"$work/jobs"
  python3 "$peers/market_simpy.py" 10000 2000 14300 24 |
    sed -n 's/.*jobs\/s=\([0-9.]*\).*/\1/p' >>"$work/simpy_jobs"
done
awk -v ours="$(median <"$work/jobs")" -v simpy="$(median <"$work/simpy_jobs")" 'BEGIN {
  printf "\n%20s %14s %14s %9s\n", "market, 10000 hosts", "ours", "SimPy", "ratio"
  printf "%20s %14.0f %14.0f %8.2fx\n", "jobs/s", ours, simpy, ours / simpy }'
