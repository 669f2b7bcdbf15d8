#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A fresh clone on a fresh Debian 12 becomes a configured tree: packages, configure, Makefile. Asks for nothing.
set -eu
cd "$(dirname "$0")"
tests/packages.sh build lab
[ -x configure ] || ./autogen.sh
./configure --quiet ${TOLLGATE_CONFIGURE:-}
