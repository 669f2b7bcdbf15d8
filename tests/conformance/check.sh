#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# No row of the conformance tables has failed, every number has a row, and docs/conformance-isup.md says so.
exec "${top_srcdir:-.}/tests/conformance/run.py" --check
