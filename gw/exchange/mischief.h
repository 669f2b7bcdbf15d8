/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the network does to messages because the scenario wants it: they are lost, come twice, come
 * late. */
#ifndef TOLLGATE_EXCHANGE_MISCHIEF_H
#define TOLLGATE_EXCHANGE_MISCHIEF_H

#include "gw/exchange/exchange.h"

enum {
	XCH_MAX_MISCHIEF = 64,		/* at work at once; the oldest gives way */
	XCH_MAX_DELAYED = 4096,		/* messages on their way; one more is not delayed */
};

/* What the scenario says before its first block is at work from here on. */
void mischief_open(struct exchange *x);
void mischief_close(struct exchange *x);
/* From now on, for as many messages as it says. */
void mischief_arm(struct exchange *x, const struct scn_mischief *what);
/* A message about to be sent: true when it is lost, or goes later. One that shall come twice goes
 * once here. */
bool mischief_send(struct exchange *x, const uint8_t *octets, size_t len);
/* A message received: true when it shall be lost. */
bool mischief_receive(struct exchange *x, const struct isup_msg *m);

#endif
