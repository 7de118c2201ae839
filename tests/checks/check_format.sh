#!/usr/bin/env bash
# Our own C++ is as .clang-format says; the generated parser is left alone.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
tool=$(command -v clang-format-14) || {
    echo "clang-format-14 is not installed (Debian package clang-format-14): formatting not checked"
    exit 77
}
find compiler runtime stdlib tests \( -name '*.cpp' -o -name '*.h' \) -print0 | sort -z | xargs -0 "$tool" --dry-run --Werror ||
    {
        echo "to format: $tool -i FILE…" >&2
        exit 1
    }
