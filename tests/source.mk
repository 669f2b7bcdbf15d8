# SPDX-License-Identifier: GPL-3.0-or-later
TESTS += tests/check_source.sh
dist_check_SCRIPTS += tests/check_source.sh
EXTRA_DIST += tests/check_source.awk

TESTS += tests/check_tollgate.py
dist_check_SCRIPTS += tests/check_tollgate.py tests/explain.py tests/written.py
EXTRA_DIST += tests/golden/explain
