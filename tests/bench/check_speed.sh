#!/usr/bin/env bash
# How long `mlpc check` takes, whole process: a file of 100 lines, and one of 10,000 declarations. Reports, asserts nothing.
# usage: tests/bench/check_speed.sh [MLPC]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
mlpc=$(realpath "${1:-build/release/mlpc}")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# The credit experiment, filled up with models to LINES lines.
experiment_of() {
    local lines=$1 head
    head=$(wc -l <examples/credit_g.mlp)
    cat examples/credit_g.mlp
    seq -f 'model candidate%.0f = prep -> logistic(C: 1.5)' "$((lines - head))"
}

# Median and least of RUNS runs, in milliseconds.
measure() {
    local file=$1 runs=$2 begin end
    for _ in $(seq "$runs"); do
        begin=${EPOCHREALTIME/./}
        "$mlpc" check "$file" >/dev/null 2>&1 || [ $? -eq 1 ]
        end=${EPOCHREALTIME/./}
        echo $((end - begin))
    done | sort -n | awk '{ t[NR] = $1 / 1000 } END { printf "median %.1f ms, least %.1f ms, %d runs\n", t[int((NR + 1) / 2)], t[1], NR }'
}

experiment_of 100 >"$scratch/hundred.mlp"
experiment_of 10000 >"$scratch/ten_thousand.mlp"
printf 'check, 100 lines (target 20 ms):             %s\n' "$(measure "$scratch/hundred.mlp" 50)"
printf 'check, %s lines, %s (target 1,000 ms): %s\n' "$(wc -l <"$scratch/ten_thousand.mlp")" \
    "$(du -h --apparent-size "$scratch/ten_thousand.mlp" | cut -f1)" "$(measure "$scratch/ten_thousand.mlp" 5)"
