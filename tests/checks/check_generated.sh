#!/usr/bin/env bash
# The committed parser is what the grammar gives.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
command -v antlr4 >/dev/null || {
    echo "antlr4 is not installed (Debian package antlr4): grammar/generated not checked"
    exit 77
}
exec grammar/generate --check
