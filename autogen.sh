#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes configure from configure.ac (for a fresh clone; a release has it already).
cd "$(dirname "$0")" || exit 1
mkdir -p m4 build-aux
exec autoreconf -fi
