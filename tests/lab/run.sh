#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The calls of the lab as a test: those of the demo without the ladders, load, and those that meet something broken.
exec "$top_srcdir/tests/lab/demo.sh" "$top_builddir" --quiet --all
