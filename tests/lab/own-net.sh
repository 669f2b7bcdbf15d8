#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# own-net.sh COMMAND...: runs it with a loopback of its own, so that labs never meet. In a machine of its own it has one already.
if [ -e /proc/exitcode ] || [ -n "${OWN_NET:-}" ]; then
	exec "$@"
fi
exec unshare --net --map-root-user sh -c 'ip link set lo up && exec "$@"' sh "$@"
