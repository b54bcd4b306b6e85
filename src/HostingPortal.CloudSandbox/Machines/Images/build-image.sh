#!/bin/sh
# Makes the root file system of a lab server: what a Hetzner image carries, tuned for a quick boot.
#   build-image.sh TARGET SUITE MIRROR SECURITY_MIRROR
# TARGET appears whole or not at all; when it is there already nothing is done. BaseImages runs this under a lock, in a mount namespace of
# its own, and names the image after this file's hash. The file itself is a copy made for one build and goes with it.
set -eu
trap 'rm -f "$0"' EXIT
image=$1 suite=$2 mirror=$3 security=$4
if [ -d "$image" ]; then exit 0; fi
target="$(dirname "$image")/.building-$(basename "$image")"
rm -rf --one-file-system "$target"
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8

debootstrap --variant=minbase --include=systemd,systemd-sysv,dbus "$suite" "$target" "$mirror"

mount -t proc proc "$target/proc"
mount --bind /dev "$target/dev"
mount --bind /dev/pts "$target/dev/pts"
in_image() { chroot "$target" "$@"; }
# Services must not start while packages are configured.
printf '#!/bin/sh\nexit 101\n' >"$target/usr/sbin/policy-rc.d"
chmod 755 "$target/usr/sbin/policy-rc.d"

rm -f "$target/etc/apt/sources.list" "$target"/etc/apt/sources.list.d/*
cat >"$target/etc/apt/sources.list.d/debian.sources" <<SOURCES
Types: deb
URIs: $mirror
Suites: $suite $suite-updates
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: $security
Suites: $suite-security
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
SOURCES
printf 'Acquire::Languages "none";\nAcquire::Check-Date "false";\n' >"$target/etc/apt/apt.conf.d/60lab"
in_image apt-get -q update
in_image apt-get -q -y upgrade
# What lets users ping: a file capability before Debian 13, a kernel setting since.
case $suite in bookworm) ping=libcap2-bin ;; *) ping="libcap2-bin linux-sysctl-defaults" ;; esac
# shellcheck disable=SC2086 # Several words on purpose.
in_image apt-get -q -y install --no-install-recommends $ping libpam-systemd openssh-server openssh-sftp-server cloud-init python3 python3-apt \
    sudo ca-certificates cron iproute2 iputils-ping nftables curl wget openssl gnupg procps kmod netbase rsync less locales acl logrotate
in_image apt-get clean

sed -i 's/^# *en_US.UTF-8/en_US.UTF-8/' "$target/etc/locale.gen"
in_image locale-gen
printf 'LANG=en_US.UTF-8\n' >"$target/etc/default/locale"

# The lab hands addresses in from outside before the first process runs, so nothing inside configures or awaits a network.
in_image systemctl disable --quiet systemd-networkd.service systemd-networkd-wait-online.service networking.service 2>/dev/null || true
in_image systemctl mask --quiet systemd-networkd-wait-online.service systemd-networkd.service systemd-networkd.socket \
    systemd-resolved.service systemd-timesyncd.service getty.target console-getty.service \
    systemd-firstboot.service systemd-hwdb-update.service ldconfig.service \
    systemd-journal-flush.service 2>/dev/null || true
# What comes by timer would take turns with the first play for apt's lock.
in_image systemctl disable --quiet apt-daily.timer apt-daily-upgrade.timer man-db.timer e2scrub_all.timer fstrim.timer 2>/dev/null || true
in_image systemctl enable --quiet ssh.service cron.service
in_image systemctl set-default --quiet multi-user.target

install -d "$target/etc/cloud/cloud.cfg.d"
cat >"$target/etc/cloud/cloud.cfg.d/90-lab.cfg" <<'CLOUD'
datasource_list: [ NoCloud, None ]
network: { config: disabled }
disable_root: false
manage_etc_hosts: true
preserve_hostname: false
users: [ { name: root, lock_passwd: false } ]
no_ssh_fingerprints: true
ssh: { emit_keys_to_console: false }
apt: { preserve_sources_list: true }
CLOUD
# Finding out where the system runs takes a second of shell; the answer is known.
printf 'policy: enabled\n' >"$target/etc/cloud/ds-identify.cfg"

rm -f "$target"/etc/ssh/ssh_host_*_key* "$target/etc/resolv.conf" "$target/var/lib/dbus/machine-id" "$target/usr/sbin/policy-rc.d"
: >"$target/etc/machine-id"
: >"$target/etc/resolv.conf"
printf 'localhost\n' >"$target/etc/hostname"
rm -rf "$target"/var/lib/apt/lists/* "$target"/var/cache/apt/*.bin "$target"/var/log/* "$target"/tmp/* "$target"/usr/share/doc/*/*.gz
mkdir -p "$target/var/log/journal" "$target/var/lib/cloud/seed/nocloud"
printf 'PermitRootLogin yes\n' >"$target/etc/ssh/sshd_config.d/10-root.conf"
umount "$target/dev/pts" "$target/dev" "$target/proc"
mv "$target" "$image"
