# SPDX-License-Identifier: GPL-3.0-or-later
# Test purposes by their numbers: Q.784 and Q.785, interworking of SIP and ISUP; the pages with the verdicts are part of the
# documentation.
TESTS += tests/conformance/check.sh
dist_check_SCRIPTS += tests/conformance/check.sh tests/conformance/run.py
EXTRA_DIST += tests/conformance
dist_doc_DATA += docs/conformance-isup.md docs/conformance-interworking.md

conformance: tests/flow/flow$(EXEEXT)
	top_srcdir=$(top_srcdir) top_builddir=$(top_builddir) $(top_srcdir)/tests/conformance/run.py
.PHONY: conformance
