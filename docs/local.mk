# SPDX-License-Identifier: GPL-3.0-or-later
dist_man_MANS += docs/tollgate.8 docs/tollgate.cfg.5
dist_doc_DATA += docs/isup-timers.md docs/isup-dialects.md docs/mapping.md
