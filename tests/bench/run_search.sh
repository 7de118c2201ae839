#!/usr/bin/env bash
# Everything that is measured of search, one part after the other.
# usage: tests/bench/run_search.sh [-n SEEDS] [-b BUILD] [PART...]
# Parts, in this order where none is named: published, bbob, front, overhead, pipelines.
#   published  simple regret on published functions beside Optuna's TPE, and the comparisons that our tpe wins
#   bbob       the 24 functions, 5-D, 200 evaluations: normalised regret by group of functions
#   front      two goals: the hypervolume on ZDT1 beside Optuna's TPE and NSGA-II
#   overhead   time of a proposal in ten dimensions beside Optuna's
#   pipelines  searches over whole pipelines beside Optuna over scikit-learn (three seeds; with -n below 3 as many)
# What Optuna found of published functions is kept in build/bench/search/optuna_*.jsonl and is not searched again.
set -euo pipefail

fail() {
    printf 'run_search.sh: %s\n' "$*" >&2
    exit 1
}

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
seeds=10
build=build/release
while getopts n:b: option; do
    case $option in
        n) seeds=$OPTARG ;;
        b) build=$OPTARG ;;
        *) exit 2 ;;
    esac
done
shift $((OPTIND - 1))
parts=("$@")
[ $# -gt 0 ] || parts=(published bbob front overhead pipelines)
bench=tests/bench
results=build/bench/search
mkdir -p "$results"
# ./setup builds a release without tests, and what is measured here without a pipeline stands among them.
cmake "$build" -DMLPC_TESTS=ON >&2 || fail "cannot configure $build: ./setup build, then ./setup packages test"
cmake --build "$build" --target mlpc search_quality search_overhead >&2
quality=$build/search_quality
[ -e "$quality" ] || quality=$build/tests/search_quality
overhead=${quality%quality}overhead
few_trials=(branin hartmann6 ackley5 rosenbrock5 levy5 jenatton)
all=("${few_trials[@]}" quadratic1 q1_choice q1_lognormal n_arms distractor gauss_wave gauss_wave2 many_dists hyperopt_branin)
for_all=(random tpe "tpe(variant: hyperopt)")
for_few_trials=(gp cma_es auto)

# Lines of ours: run_ours METHOD FUNCTION…, as many functions at a time as there are cores; a function on which the method fails is named.
run_ours() {
    local method=$1 part
    shift
    part=$(mktemp -d "$results/part.XXXXXX")
    # shellcheck disable=SC2016  # the inner shell expands them
    printf '%s\n' "$@" | xargs -P "$(nproc)" -I FUNCTION \
        sh -c '"$1" measure "$2" "$3" "$4" >"$5/$4" || echo "left out: $3 on $4" >&2' run "$quality" "$seeds" "$method" FUNCTION "$part" || true
    cat "$part"/*
    rm -r "$part"
}

published() {
    local -a peers=()
    for sampler in tpe tpe_multivariate; do
        peers+=("$results/optuna_$sampler.jsonl")
        "$bench/search_quality_peer.py" "$quality" "${peers[-1]}" "$seeds" "$sampler" &
    done
    wait
    : >"$results/published.jsonl"
    for method in "${for_all[@]}"; do
        run_ours "$method" "${all[@]}" >>"$results/published.jsonl"
    done
    for method in "${for_few_trials[@]}"; do
        run_ours "$method" "${few_trials[@]}" >>"$results/published.jsonl"
    done
    "$bench/search_table.py" "$quality" "$results/published.jsonl" "${peers[@]}"
}

bbob() {
    : >"$results/bbob.jsonl"
    for method in random tpe "${for_few_trials[@]}"; do
        run_ours "$method" bbob_{1..24} >>"$results/bbob.jsonl"
    done
    "$bench/search_table.py" "$quality" "$results/bbob.jsonl"
}

front() {
    "$bench/search_front.py" "$quality" "$seeds"
}

overhead() {
    "$bench/search_overhead.py" "$overhead" 1000
}

pipelines() {
    "$bench/search_pipelines.py" -s "$((seeds < 3 ? seeds : 3))" -p "$build/mlpc" search_credit search_digits search_mixed
}

for part in "${parts[@]}"; do
    begin=$SECONDS
    echo "== $part"
    "$part"
    echo "== $part took $((SECONDS - begin)) s"
done
