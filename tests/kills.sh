#!/usr/bin/env bash
# 200 searches, with every method in turn, are killed at random moments and continued; each must end in the journal of one that never was.
# usage: tests/kills.sh [MLPC] [KILLS]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/e2e"
MLPC=$(realpath "${1:-../../build/release/mlpc}") MLPC_KILLS=${2:-200} PYTHONDONTWRITEBYTECODE=1 \
    /usr/bin/python3 -m unittest -v test_killed_search
