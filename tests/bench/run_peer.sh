#!/usr/bin/env bash
# The same experiment by mlpc and by its peer, alternately, each measured as a whole process.
# usage: tests/bench/run_peer.sh [-n ROUNDS] [-p MLPC] [-v "VARIANT..."] NAME...
# NAME.mlp lies beside this script and reads one table of make_data.py, or of examples/data; its comment line
# `# peer: SCRIPT.py [VARIANT]...` names the peer,
# run once a round for each variant (1 and 2 where none is named; peer.py says what they mean; -v takes others).
# Prints a row per run, then medians, ratios (the peer's best variant by mlpc; memory: its variant 1) and the difference of the best scores.
# For a fair peer run `./setup packages bench` (OpenBLAS instead of the reference BLAS); OPENBLAS_CORETYPE is set where that version would
# take the processor for an old one.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
root=$PWD
bench=$root/tests/bench
rounds=3
mlpc=build/release/mlpc
only=
while getopts n:p:v: option; do
    case $option in
        n) rounds=$OPTARG ;;
        p) mlpc=$OPTARG ;;
        v) only=$OPTARG ;;
        *) exit 2 ;;
    esac
done
shift $((OPTIND - 1))
[ $# -gt 0 ] || { sed -n '2,3s/^# //p' "$bench/run_peer.sh" >&2; exit 2; }
mlpc=$(realpath "$mlpc")
python=/usr/bin/python3
# OpenBLAS 0.3.21 knows no processor of after 2021 and would use its oldest kernels.
if [ -z "${OPENBLAS_CORETYPE:-}" ] && grep -qm1 avx512f /proc/cpuinfo; then
    export OPENBLAS_CORETYPE=SkylakeX
fi

data=$root/build/bench
"$python" "$bench/make_data.py" "$data"
scratch=$(mktemp -d "$data/run.XXXXXX")
trap 'rm -rf "$scratch"' EXIT

# Runs a command and appends "SIDE WALL CPU MEGABYTES BEST" to the table; the command's JSON is read by the Python expression BEST.
measure() {
    local side=$1 best=$2 used score
    shift 2
    used=$("$python" "$bench/resource_use.py" "$scratch/out" "$scratch/err" "$@") || {
        cat "$scratch/err" >&2
        exit 1
    }
    score=$("$python" -c "import json, sys; run = json.load(open(sys.argv[1])); print($best)" "$scratch/out")
    echo "$side $used $score" | tee -a "$scratch/table"
}

run_rounds() {
    local name=$1 table=$2 script=$3 variants=("${@:4}") round folder variant
    for round in $(seq "$rounds"); do
        # A folder of its own, so that no round finds what another one stored.
        folder=$scratch/$name.$round
        mkdir -p "$folder/.mlpc"  # a project of its own: the run store lies in it
        cp "$data/$table" "$bench/$name.mlp" "$folder"
        cd "$folder"
        measure mlpc '[t["score"] for s in [run["searches"][0]["seeds"][0]] for t in s["trials"] if t["number"] == s["winner"]][0]' \
            "$mlpc" run "$name.mlp" --format json
        for variant in "${variants[@]}"; do
            measure "peer_$variant" 'run["best_score"]' "$python" "$bench/$script" "$table" "$variant"
            [ "$round" -gt 1 ] || [ "$variant" != "${variants[0]}" ] || sed 's/^/  /' "$scratch/out"
        done
        cd "$root"
    done
}

for name in "$@"; do
    table=$(sed -nE 's/.*= *(csv|jsonl)\("([^"]*)"\).*/\2/p' "$bench/$name.mlp")
    [ -e "$data/$table" ] || cp "$root/examples/data/$table" "$data" || { echo "no $table: ./setup data ${table%%.*} fetches it" >&2; exit 1; }
    read -r script variants < <(sed -n 's/^# peer: *//p' "$bench/$name.mlp")
    echo "$name; side, wall s, CPU s, peak MB, best score"
    : >"$scratch/table"
    # shellcheck disable=SC2086  # one word a variant
    run_rounds "$name" "$table" "$script" ${only:-${variants:-1 2}}
    "$python" - "$scratch/table" <<'PYTHON'
import statistics
import sys

rows = [line.split() for line in open(sys.argv[1])]
sides = dict.fromkeys(row[0] for row in rows)
medians = {side: [statistics.median(float(row[i]) for row in rows if row[0] == side) for i in (1, 2, 3, 4)] for side in sides}
for side, (wall, cpu, memory, score) in medians.items():
    print(f"median  {side:10} wall {wall:8.3f} s  CPU {cpu:8.3f} s  peak {memory:7.1f} MB  best {score:.6f}")
ours, peers = medians.pop("mlpc"), list(medians.values())
for i, name in enumerate(("wall", "CPU")):
    print(f"ratio   {name} {min(peer[i] for peer in peers) / ours[i]:.1f}")
print(f"ratio   memory {peers[0][2] / ours[2]:.2f}")
print(f"difference of the best scores {abs(ours[3] - peers[0][3]):.6f}")
PYTHON
done
