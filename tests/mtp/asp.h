/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A gateway as ASP of an SG that the test plays. */
#ifndef TOLLGATE_TESTS_MTP_ASP_H
#define TOLLGATE_TESTS_MTP_ASP_H

#include "tests/mtp/harness.h"

enum { OWN = 1 << 11 | 1 << 3 | 1, FAR = 1 << 11 | 1 << 3 | 2 };	/* 1.1.1, 1.1.2 */

extern const char asp_config[];
extern struct seen seen;
extern struct peer sg;

struct mtp *open_mtp(void);
struct mtp *asp_up(void);	/* active; FAR is watched, and was paused and resumed once */
int transfer(struct mtp *mtp, uint32_t dpc, uint8_t sls, const char *text);
struct m3ua_data expect_data(struct peer *p);

#endif
