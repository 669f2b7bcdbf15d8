#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Plays all flows, then flows nobody wrote. "FLOW_SEEDS=100000 run.sh" looks longer.
set -e
"$top_builddir/tests/flow/flow" "$top_srcdir"/tests/flow/*.flow
"$top_builddir/tests/flow/flow" --random 1 "${FLOW_SEEDS:-500}"
