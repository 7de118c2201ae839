#!/usr/bin/env bash
# The tests that use threads under ThreadSanitizer, with a oneTBB that was built for it: the packaged one gives over a
# hundred false reports on a correct program.
# usage: tests/tsan.sh [CTEST ARGUMENTS…]      default: -R 'Engine|e2e.examples|e2e.run'
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
tbb=$PWD/build/onetbb-tsan

fail() {
    printf 'tsan.sh: %s\n' "$*" >&2
    exit 1
}

# The Debian source package, so that the library is the one that users have; with package lists of its own, because few
# machines have source packages enabled.
fetch_onetbb() {
    mkdir -p "$tbb/source" "$tbb/lists/partial"
    echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian bookworm main" >"$tbb/sources.list"
    local apt=(apt-get -q -o "Dir::Etc::sourcelist=$tbb/sources.list" -o Dir::Etc::sourceparts=- -o "Dir::State::lists=$tbb/lists")
    (cd "$tbb/source" && "${apt[@]}" update && "${apt[@]}" source --download-only onetbb) ||
        fail "cannot download the source of onetbb: is there a network?"
    (cd "$tbb/source" && dpkg-source -x onetbb_*.dsc onetbb) || fail "cannot unpack the source: is dpkg-dev installed?"
}

build_onetbb() {
    [ -d "$tbb/source/onetbb" ] || fetch_onetbb
    cmake -S "$tbb/source/onetbb" -B "$tbb/build" -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo -DCMAKE_INSTALL_PREFIX="$tbb/install" \
        -DTBB_SANITIZE=thread -DTBB_STRICT=OFF -DTBB_TEST=OFF -DTBBMALLOC_BUILD=OFF
    cmake --build "$tbb/build"
    cmake --install "$tbb/build"
}

[ -d "$tbb/install" ] || build_onetbb
cmake --preset tsan -DTBB_DIR="$(dirname "$(find "$tbb/install" -name TBBConfig.cmake)")"
cmake --build --preset tsan
export TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1:suppressions=$PWD/tests/tsan_suppressions.txt
if [ $# -eq 0 ]; then
    set -- -R 'Engine|e2e.examples|e2e.run'
fi
ctest --preset tsan "$@"
