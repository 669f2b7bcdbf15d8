#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# First process of the machine of boot.sh: an overlay on the host's files takes what was installed, users and directories are
# made by what is shipped for it, then systemd boots there. Nothing is written to the host.
dir=${0%/*}
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
modules=/usr/lib/uml/modules/$(uname -r)
root=/mnt/root
mount -t proc proc /proc
mount -t tmpfs tmpfs /mnt
mkdir -p /mnt/lib/modules /mnt/upper /mnt/work $root
ln -s "$modules" "/mnt/lib/modules/$(uname -r)"
for m in overlay autofs4; do
	modprobe -d /mnt "$m" || echo "no module $m"
done
mount -t overlay overlay -o lowerdir=/,upperdir=/mnt/upper,workdir=/mnt/work $root || halt -f

# SCTP is left to the unit: only the place of the modules is said
mkdir -p $root/lib/modules $root/proc $root/sys $root/dev $root/run
rm -rf "$root/lib/modules/$(uname -r)"
ln -s "$modules" "$root/lib/modules/$(uname -r)"
# users of our own making: the host's shadow files are not everybody's to read
for f in passwd group; do
	grep -v '^tollgate:' /etc/$f >/mnt/$f
	rm -f $root/etc/$f
	cp /mnt/$f $root/etc/$f
done
for f in shadow gshadow subuid subgid fstab machine-id .pwd.lock; do
	rm -f $root/etc/$f
done
: >$root/etc/machine-id
echo tollgate-test >$root/etc/hostname

# what else the host starts at boot is not for us
mkdir -p $root/etc/systemd/system $root/etc/systemd/system-generators
for wants in /usr/lib/systemd/system/*.wants/* /etc/systemd/system/*.wants/*; do
	case ${wants##*/} in
	systemd-journald* | systemd-tmpfiles-setup-dev.service | *.target | '*') ;;
	*) ln -sf /dev/null "$root/etc/systemd/system/${wants##*/}" ;;
	esac
done
for g in /usr/lib/systemd/system-generators/*; do
	ln -sf /dev/null "$root/etc/systemd/system-generators/${g##*/}"
done
ln -sf /dev/null $root/etc/systemd/system/dbus.service
ln -sf /dev/null $root/etc/systemd/system/dbus.socket

cp -r --preserve=mode "$dir/stage/." $root/
mkdir -p $root/opt/test
cp "$dir"/test/* $root/opt/test/
mount -t proc proc $root/proc
for kind in sysusers tmpfiles; do
	conf=$(cd $root && ls usr/lib/$kind.d/tollgate.conf usr/local/lib/$kind.d/tollgate.conf 2>/dev/null)
	flag=--create
	[ $kind = sysusers ] && flag=
	# shellcheck disable=SC2086
	chroot $root systemd-$kind $flag "/$conf" || echo "systemd-$kind: $conf failed"
done
cat >$root/etc/systemd/system/tollgate-test.service <<'X'
[Service]
Type=oneshot
StandardOutput=file:/dev/ttyS0
StandardError=file:/dev/ttyS0
ExecStart=/usr/bin/python3 -u /opt/test/check.py
ExecStopPost=/bin/systemctl poweroff -ff
X
cat >$root/etc/systemd/system/tollgate-test.target <<'X'
[Unit]
Requires=basic.target tollgate-test.service
After=basic.target tollgate.service
AllowIsolate=yes
X
umount $root/proc
umount /proc
exec switch_root $root /lib/systemd/systemd --unit=tollgate-test.target --show-status=0 --log-target=journal-or-kmsg
