/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page about dialects that tollgate-isup makes from the tables. */
#ifndef TOLLGATE_ISUP_TOOL_PAGE_H
#define TOLLGATE_ISUP_TOOL_PAGE_H

/* docs/isup-dialects.md to standard output. */
void tool_page(void);

#endif
