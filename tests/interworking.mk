# SPDX-License-Identifier: GPL-3.0-or-later
# Ladders between real programs.
TESTS += tests/interworking/run.py
dist_check_SCRIPTS += tests/interworking/run.py
EXTRA_DIST += tests/interworking/ladder.py tests/interworking/peer.py tests/interworking/tables.py tests/interworking/words.py tests/interworking/world.py \
	$(patsubst $(srcdir)/%,%,$(wildcard $(srcdir)/tests/interworking/*.ladder))
