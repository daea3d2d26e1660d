#!/usr/bin/env bash
# A sweep on two Slurm nodes of this machine, with a payload and a node daemon killed, against the
# same sweep in one process. Skipped where Slurm cannot be installed or run.
#
# usage: .ci/slurm.sh PROGRAM
set -uo pipefail
cd "$(dirname "$0")/.."
program=$(realpath "$1")

skip() {
  echo "skipped: $1"
  exit 0
}

[ "$(id -u)" -eq 0 ] || skip "Slurm's daemons need root here"
if ! command -v slurmctld >/dev/null || ! command -v munged >/dev/null; then
  command -v apt-get >/dev/null || skip "no apt-get to install Slurm with"
  apt-get install -y -qq slurm-wlm munge >/dev/null 2>&1 || skip "Slurm cannot be installed"
fi

work=$(mktemp -d)
chmod 755 "$work"
host=$(hostname -s)
munge_started=
stop() {
  for pid in "$work"/slurmd.w1.pid "$work"/slurmd.w2.pid "$work"/slurmctld.pid; do
    [ -f "$pid" ] && kill "$(cat "$pid")" 2>/dev/null
  done
  [ -n "$munge_started" ] && kill "$munge_started" 2>/dev/null
  rm -rf "$work"
}
trap stop EXIT

mkdir -p "$work/state" "$work/spool.w1" "$work/spool.w2"
cat >"$work/slurm.conf" <<CONF
ClusterName=ci
SlurmctldHost=$host(127.0.0.1)
AuthType=auth/munge
CryptoType=crypto/munge
SlurmUser=root
SlurmdUser=root
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool.%n
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.%n.pid
SlurmctldLogFile=$work/ctld.log
SlurmdLogFile=$work/slurmd.%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
MpiDefault=none
ReturnToService=2
JobRequeue=1
SlurmdTimeout=10
KillWait=2
SchedulerParameters=sched_interval=1,batch_sched_delay=0,sched_min_interval=0,defer_batch=0,bf_interval=1
MaxArraySize=20001
MaxJobCount=50000
SlurmdParameters=config_overrides
NodeName=w1 NodeHostname=$host NodeAddr=127.0.0.1 Port=17101 CPUs=2 RealMemory=4000 State=UNKNOWN
NodeName=w2 NodeHostname=$host NodeAddr=127.0.0.1 Port=17102 CPUs=2 RealMemory=4000 State=UNKNOWN
PartitionName=main Nodes=w1,w2 Default=YES MaxTime=INFINITE State=UP
CONF
export SLURM_CONF=$work/slurm.conf
mkdir -p /run/munge && chown munge:munge /run/munge 2>/dev/null
if ! munge -n >/dev/null 2>&1; then
  setpriv --reuid=munge --regid=munge --clear-groups munged --force >"$work/munge.log" 2>&1
  munge_started=$(cat /run/munge/munged.pid 2>/dev/null || true)
fi
munge -n >/dev/null 2>&1 || skip "munge does not start"
slurmctld -f "$SLURM_CONF" -c || skip "slurmctld does not start"
slurmd -f "$SLURM_CONF" -N w1 || skip "slurmd does not start"
slurmd -f "$SLURM_CONF" -N w2 || skip "slurmd does not start"
for _ in $(seq 1 60); do
  [ "$(sinfo -h -t idle -o %D 2>/dev/null)" = 2 ] && break
  sleep 0.5
done
[ "$(sinfo -h -t idle -o %D 2>/dev/null)" = 2 ] || skip "the nodes do not come up: $(sinfo 2>&1)"

cat >"$work/sweep.yaml" <<SWEEP
sweep: 1
name: cluster
scenario: $PWD/Scenarios/baseline.yaml
set:
  duration: ${MARKETSIM_SLURM_DURATION:-2h}
  hosts.home.count: 150
  hosts.rack.count: 10
  renters.chat.count: 2000
  renters.chat.arrivals.gamma.rate: 1/s
design: {latinHypercube: {points: 24}}
factors:
  - {path: hosts.home.count, from: 100, to: 300, scale: integer}
  - {path: chain.backgroundLoad, from: 20%, to: 90%}
replications: 2
metrics: [unserved_fraction, ttft_p95, base_fee_mean, jobs_served]
SWEEP

"$program" sweep "$work/sweep.yaml" --quiet --output "$work/one" || exit 1
"$program" sweep "$work/sweep.yaml" --quiet --output "$work/many" --engine slurm --shards 6 \
  --workers 1 &
sweep=$!

# One payload is killed as soon as it has written something, then the daemon of the second node.
for _ in $(seq 1 600); do
  partial=$(find "$work/many" -name '*.shard-*.partial' -type d 2>/dev/null | head -1)
  [ -n "$partial" ] && [ -s "$partial/journal.csv" ] && break
  sleep 0.05
done
number=$(echo "$partial" | sed 's/.*shard-\([0-9]*\)-of.*/\1/')
payload=$(pgrep -f -- "--shard $number/6" | while read -r pid; do
  [ "$(readlink "/proc/$pid/exe")" = "$program" ] && echo "$pid"
done | head -1)
if [ -n "$payload" ]; then
  kill -KILL "$payload" && echo "killed payload $payload, shard $number"
fi
kill -KILL "$(cat "$work/slurmd.w2.pid")" && echo "killed the daemon of node w2"

wait "$sweep"
status=$?
[ "$status" -eq 0 ] || { echo "the sweep on Slurm ended with $status" >&2; exit 1; }
diff -r --exclude=manifest.json --exclude='*.shard-*' --exclude='*.cluster' \
  "$work/one" "$work/many" || exit 1
echo "same bytes as in one process"
