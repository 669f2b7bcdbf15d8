#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Plays all flows.
exec "$top_builddir/tests/flow/flow" "$top_srcdir"/tests/flow/*.flow
