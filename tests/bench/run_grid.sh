#!/usr/bin/env bash
# The same grid search by mlpc and by scikit-learn's GridSearchCV (n_jobs 1 and 2), alternately, each measured as a whole process.
# usage: tests/bench/run_grid.sh [-n ROUNDS] [-p MLPC] [569|20000]...
# Prints a row per round, then medians, ratios (scikit-learn by mlpc, its better n_jobs) and the difference of the best scores.
# For a fair peer run `./setup packages bench` (OpenBLAS instead of the reference BLAS); OPENBLAS_CORETYPE is set where that version would take the processor for an old one.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
root=$PWD
rounds=3
mlpc=build/release/mlpc
while getopts n:p: option; do
    case $option in
        n) rounds=$OPTARG ;;
        p) mlpc=$OPTARG ;;
        *) exit 2 ;;
    esac
done
shift $((OPTIND - 1))
[ $# -gt 0 ] || set -- 569 20000
mlpc=$(realpath "$mlpc")
python=/usr/bin/python3
# OpenBLAS 0.3.21 knows no processor of after 2021 and would use its oldest kernels.
if [ -z "${OPENBLAS_CORETYPE:-}" ] && grep -qm1 avx512f /proc/cpuinfo; then
    export OPENBLAS_CORETYPE=SkylakeX
fi

data=$root/build/bench
"$python" tests/bench/make_data.py "$data"
scratch=$(mktemp -d "$data/run.XXXXXX")
trap 'rm -rf "$scratch"' EXIT

# Runs a command and appends "SIDE WALL CPU BEST" to the table; the command's JSON is read by the Python expression BEST.
measure() {
    local side=$1 best=$2 seconds score
    shift 2
    local TIMEFORMAT='%R %U %S'
    seconds=$({ time "$@" >"$scratch/out" 2>"$scratch/err"; } 2>&1) || {
        cat "$scratch/err" >&2
        exit 1
    }
    score=$("$python" -c "import json, sys; run = json.load(open(sys.argv[1])); print($best)" "$scratch/out")
    awk -v side="$side" -v score="$score" '{ print side, $1, $2 + $3, score }' <<<"$seconds" | tee -a "$scratch/table"
}

for size in "$@"; do
    echo "grid of 60 points, 5 folds, $size rows; side, wall s, CPU s, best score"
    : >"$scratch/table"
    for round in $(seq "$rounds"); do
        # A folder of its own, so that no round finds what another one stored.
        folder=$scratch/$size.$round
        mkdir "$folder"
        cp "$data/grid_$size.csv" "tests/bench/grid_$size.mlp" "$folder"
        mkdir "$folder/.mlpc"  # a project of its own: the run store lies in it
        cd "$folder"
        measure mlpc 'max(t["score"] for t in run["searches"][0]["seeds"][0]["trials"] if t["score"] is not None)' \
            "$mlpc" run "grid_$size.mlp" --format json
        for jobs in 1 2; do
            measure "sklearn_$jobs" 'run["best_score"]' "$python" "$root/tests/bench/peer_grid.py" "grid_$size.csv" "$jobs"
            [ "$round" -gt 1 ] || [ "$jobs" -gt 1 ] || sed 's/^/  /' "$scratch/out"
        done
        cd "$root"
    done
    "$python" - "$scratch/table" <<'PYTHON'
import statistics
import sys

rows = [line.split() for line in open(sys.argv[1])]
sides = dict.fromkeys(row[0] for row in rows)
medians = {side: [statistics.median(float(row[i]) for row in rows if row[0] == side) for i in (1, 2, 3)] for side in sides}
for side, (wall, cpu, score) in medians.items():
    print(f"median  {side:10} wall {wall:8.3f} s  CPU {cpu:8.3f} s  best {score:.6f}")
ours, peers = medians.pop("mlpc"), list(medians.values())
for i, name in enumerate(("wall", "CPU")):
    print(f"ratio   {name} {min(peer[i] for peer in peers) / ours[i]:.1f}")
print(f"difference of the best scores {abs(ours[2] - peers[0][2]):.6f}")
PYTHON
done
