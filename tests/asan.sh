#!/usr/bin/env bash
# All tests under AddressSanitizer and UBSan (about ten times as slow).
# usage: tests/asan.sh [CTEST ARGUMENTS…]      for instance: tests/asan.sh -R e2e.misuse
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
cmake --preset asan
cmake --build --preset asan
# A report ends the process, and with it the test; leaks count.
export ASAN_OPTIONS=detect_leaks=1:strict_string_checks=1:halt_on_error=1
export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
ctest --preset asan --parallel "$(nproc)" "$@"
