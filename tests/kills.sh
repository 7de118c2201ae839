#!/usr/bin/env bash
# 200 searches, with every method in turn, are killed at random moments and continued; each must end in the journal of one that never was.
# usage: tests/kills.sh [MLPC] [KILLS]
set -euo pipefail
root=$(realpath "$(dirname "${BASH_SOURCE[0]}")/..")
mlpc=$(realpath -e "${1:-$root/build/release/mlpc}")
cd "$root/tests/e2e"
MLPC=$mlpc MLPC_KILLS=${2:-200} PYTHONDONTWRITEBYTECODE=1 \
    /usr/bin/python3 -m unittest -v test_killed_search
