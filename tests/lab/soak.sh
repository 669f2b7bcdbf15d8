#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# soak.sh [--calls N] [--rate N]: calls in a row both ways, on a loopback of its own; without options a short run.
exec "$top_srcdir/tests/lab/own-net.sh" python3 "$top_srcdir/tests/lab/soak.py" --build "$top_builddir" "$@"
