#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The calls of the lab as a test: the same as the demo without the ladders.
exec "$top_srcdir/tests/lab/demo.sh" "$top_builddir" --quiet
