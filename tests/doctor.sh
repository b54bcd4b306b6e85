# Sourced by ../portal: checks what the portal, the lab and the tests need, and says how to mend what is missing.
# shellcheck shell=bash disable=SC2154

problems=0

check() {
    local what=$1 mend=$2
    shift 2
    # In a shell of its own: a check that ends its shell, as need_sdk does, is a check that failed.
    if ("$@") >/dev/null 2>&1; then
        printf '  ✓ %s\n' "$what"
    else
        printf '  ✗ %s\n      %s\n' "$what" "$mend"
        problems=$((problems + 1))
    fi
}

# A thing to know that stops nothing.
note() {
    local what=$1 why=$2
    shift 2
    if ("$@") >/dev/null 2>&1; then printf '  ✓ %s\n' "$what"; else printf '  – %s\n      %s\n' "$what" "$why"; fi
}

# The folder, or where it is still missing the nearest one above it, takes files.
writable() {
    local folder=$1
    while [ ! -d "$folder" ]; do folder=$(dirname "$folder"); done
    [ -w "$folder" ]
}
executable_folder() { ! findmnt -n -o OPTIONS --target "$1" | grep -qw noexec; }

has_packages() { [ -z "$(missing_packages "$@")" ]; }
port_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
disk_free() { [ "$(df --output=avail -BG /var | tail -n 1 | tr -dc 0-9)" -ge "$1" ]; }
memory_free() { [ "$(awk '/MemAvailable/ { print int($2 / 1048576) }' /proc/meminfo)" -ge "$1" ]; }

doctor() {
    say "Portal"
    check "Debian or a relative with apt-get" "The script installs packages with apt-get; on another system install them by hand." command -v apt-get
    check ".NET 10 SDK" "Install the .NET 10 SDK and make sure dotnet is on the PATH." need_sdk
    check "git" "apt-get install git" command -v git
    check "packages of the portal: ${portal_packages[*]}" "./portal up installs them; or: apt-get install $(missing_packages "${portal_packages[@]}")" has_packages "${portal_packages[@]}"
    note "port 5080 is free" "Another program listens there; ./portal takes the next free port." port_free 5080
    check "data can be written below /var/lib/hostingportal" "Run ./portal as root, or give this user the folder." writable /var/lib/hostingportal
    check "programs may run below /var" "/var is mounted noexec; the programs are put there: mount it without." executable_folder /var
    check "4 GiB free below /var" "Images and data lie below /var/cache/hostingportal and /var/lib/hostingportal; make room or delete old ones." disk_free 4
    say "Lab servers"
    check "root" "Lab servers are real Debian systems in namespaces; run ./portal as root. Without them the portal works with a real Hetzner token." test "$(id -u)" = 0
    check "packages of the lab: ${lab_packages[*]}" "./portal demo installs them; or: apt-get install $(missing_packages "${lab_packages[@]}")" has_packages "${lab_packages[@]}"
    check "overlay file systems" "The kernel lacks overlayfs; use a machine with a stock Debian kernel." grep -q overlay /proc/filesystems
    check "network namespaces" "The kernel or a container forbids network namespaces; use a virtual machine or a bare one." unshare --net true
    check "mount namespaces" "A container forbids mounts; use a virtual machine or a bare one." unshare --mount true
    check "images can be written below /var/cache/hostingportal" "Run ./portal as root." writable /var/cache/hostingportal
    check "nftables" "The kernel lacks nf_tables; use a machine with a stock Debian kernel." nft list tables
    check "3 GiB of memory available" "Close other programs, or order fewer servers in the sandbox." memory_free 3
    say "Tests"
    check "packages of the tests: ${test_packages[*]}" "./portal test installs them; or: apt-get install $(missing_packages "${test_packages[@]}")" has_packages "${test_packages[@]}"
    if [ "$problems" -eq 0 ]; then say "Everything is there."; else say "To look at: $problems."; fi
    [ "$problems" -eq 0 ]
}
