# SPDX-License-Identifier: GPL-3.0-or-later
# The unit under a systemd that is booted for it. Not with sanitizers: their libraries need what the sandbox forbids.
EXTRA_DIST += tests/systemd/boot.sh tests/systemd/init.sh tests/systemd/check.py tests/systemd/host.py tests/systemd/sandbox.py \
	tests/systemd/tollgate.cfg tests/systemd/stp.cfg tests/systemd/exchange.cfg
if !SANITIZE
TESTS += tests/systemd/boot.sh
endif
