#!/usr/bin/env bash
# The tests of kernels with those for AVX-512, on a machine that has none: Bochs emulates a Skylake-X under Debian's kernel (some minutes).
# usage: tests/avx512.sh [BUILD]      BUILD: the folder of a build with tests (build/dev)
set -euo pipefail
build=$(realpath "${1:-$(dirname "${BASH_SOURCE[0]}")/../build/dev}")
cd "$(dirname "${BASH_SOURCE[0]}")/.."
work=$PWD/build/avx512
root=$work/root

fail() {
    printf 'avx512.sh: %s\n' "$*" >&2
    exit 1
}

# Nothing is installed: the packages, and what they need that this machine lacks, are unpacked beside the build.
fetch() {
    local kernel
    kernel=$(apt-cache depends linux-image-cloud-amd64 | awk '/Depends:/ { print $2; exit }')
    mkdir -p "$work/packages/partial" "$root"
    apt-get install -y -qq --no-install-recommends --download-only -o "Dir::Cache::archives=$work/packages" \
        bochs bochs-term grub-pc-bin grub2-common xorriso mtools busybox-static "$kernel" >/dev/null ||
        fail "cannot download Bochs and a kernel: is there a network, and are you root?"
    for package in "$work/packages"/*.deb; do
        dpkg-deb -x "$package" "$root"
    done
}

# A disk with the kernel and, in its first files, the tests with the libraries that they need.
make_disk() {
    local first=$work/first disk=$work/disk
    rm -rf "$first" "$disk"
    mkdir -p "$first"/{bin,lib64,lib/x86_64-linux-gnu,proc,tmp} "$disk/boot/grub"
    cp "$root/bin/busybox" "$first/bin"
    strip -o "$first/bin/mlpc_test_core" "$build/mlpc_test_core"
    ldd "$build/mlpc_test_core" | awk '/=> \// { print $3 }' | xargs cp -L -t "$first/lib/x86_64-linux-gnu"
    cp -L /lib64/ld-linux-x86-64.so.2 "$first/lib64"
    # One of the tests reads the object files of a build.
    cat >"$first/init" <<'INIT'
#!/bin/busybox sh
/bin/busybox mount -t proc proc /proc
cd /tmp
GTEST_COLOR=no MLPC_KERNELS=v4 /bin/mlpc_test_core '--gtest_filter=*Kernel*:-*VariantsShareNoCodeWithOthers' >out 2>&1
echo "exit $?" >>out
/bin/busybox cat out
/bin/busybox sleep 5
/bin/busybox poweroff -f
INIT
    chmod +x "$first/init"
    (cd "$first" && find . | "$root/bin/busybox" cpio -o -H newc | gzip -1) >"$disk/boot/first.gz"
    cp "$root"/boot/vmlinuz-* "$disk/boot/vmlinuz"
    # Bochs 2.7 gives the compact form of processor states (features 321 and 323) a size that the kernel does not believe.
    cat >"$disk/boot/grub/grub.cfg" <<'GRUB'
set timeout=0
menuentry tests {
    linux /boot/vmlinuz console=ttyS0 quiet clearcpuid=321,323 tsc=reliable
    initrd /boot/first.gz
}
GRUB
    libraries PATH="$root/usr/bin:$PATH" "$root/usr/bin/grub-mkrescue" -d "$root/usr/lib/grub/i386-pc" -o "$work/disk.iso" "$disk" >"$work/disk.log" 2>&1 ||
        fail "cannot make the disk: $(tail -n 1 "$work/disk.log")"
}

libraries() {
    env "LD_LIBRARY_PATH=$root/usr/lib/x86_64-linux-gnu:$root/lib/x86_64-linux-gnu" "$@"
}

emulate() {
    local share=$root/usr/share/bochs
    cat >"$work/bochsrc" <<RC
megs: 1024
romimage: file=$share/BIOS-bochs-latest
vgaromimage: file=$share/VGABIOS-lgpl-latest
cpu: model=corei7_skylake_x, count=1, ips=50000000
clock: sync=none
ata0: enabled=1
ata0-master: type=cdrom, path=$work/disk.iso, status=inserted
boot: cdrom
com1: enabled=1, mode=file, dev=$work/serial.txt
display_library: rfb, options="timeout=0"
log: $work/bochs.log
panic: action=fatal
RC
    rm -f "$work/serial.txt"
    # `c` lets its debugger go on. How it ends says nothing: it panics when the machine is switched off. What counts is what the tests wrote.
    echo c | libraries "LTDL_LIBRARY_PATH=$root/usr/lib/x86_64-linux-gnu/bochs/plugins" "BXSHARE=$share" \
        timeout 1800 "$root/usr/bin/bochs-bin" -q -f "$work/bochsrc" >"$work/bochs.out" 2>&1 || true  # see above: judged below by `exit 0`
}

[ -x "$build/mlpc_test_core" ] || fail "no mlpc_test_core in $build: build with tests first"
[ -x "$root/usr/bin/bochs-bin" ] || fetch
make_disk
emulate
grep -a -v -E 'RUN|^\[ +[0-9.]+\]' "$work/serial.txt" | tr -d '\r'
grep -a -q '^exit 0' "$work/serial.txt" || fail "not all tests passed, see $work/serial.txt and $work/bochs.log"
