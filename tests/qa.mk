# SPDX-License-Identifier: GPL-3.0-or-later
# Hostile and broken peers against the live gateway.
dist_check_SCRIPTS += tests/qa/run.sh
TESTS += tests/qa/run.sh
EXTRA_DIST += tests/qa/storm.py tests/qa/bounds.py tests/qa/gateway.py tests/qa/loop.py tests/qa/pstn.py tests/qa/sip.py \
	tests/qa/siptext.py tests/qa/sipwords.py tests/qa/mgw.py
