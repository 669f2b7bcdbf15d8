#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A short storm of each kind against the built gateway, and some of its bounds. Longer ones: storm.py and bounds.py themselves.
set -u
here=$top_srcdir/tests/qa
net=$top_srcdir/tests/lab/own-net.sh
export PYTHONDONTWRITEBYTECODE=1
"$net" python3 "$here/storm.py" --build "$top_builddir" --short --seconds 3 --seed 5 --mgcp &
mgcp=$!
"$net" python3 "$here/storm.py" --build "$top_builddir" --short --seconds 3 --seed 4 &
none=$!
"$net" python3 "$here/bounds.py" --build "$top_builddir" strangers full_disk files names stop
failed=$?
wait $mgcp || failed=1
wait $none || failed=1
exit $failed
