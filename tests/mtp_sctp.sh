#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# M3UA over real SCTP with osmo-stp, natively or in User-Mode Linux. Skipped where neither is possible.
top=${top_srcdir:-..}
if ! command -v osmo-stp >/dev/null; then
	echo "osmo-stp is not installed: skipped"
	exit 77
fi
WITH_SCTP_TIMEOUT=120
export WITH_SCTP_TIMEOUT
"$top/tests/lab/with-sctp.sh" "$top/tests/mtp/stp.sh" "$(pwd)/mtp_probe"
