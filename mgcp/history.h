/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside mgcp/: commands received and their answers: each is done once (RFC 3435 3.5.1, 4.1). */
#ifndef TOLLGATE_MGCP_HISTORY_H
#define TOLLGATE_MGCP_HISTORY_H

#include "mgcp/mgcp.h"

struct mgcp_history;

uint64_t mgcp_now_us(void);

struct mgcp_history *mgcp_history_new(void *ctx, unsigned int keep_ms);
/* Was this command answered within the last keep_ms? Then true, and *ret_code is the answer; 0 when
 * the gateway has confirmed the answer by K and gets none. */
bool mgcp_history_seen(struct mgcp_history *h, const struct mgcp_msg *cmd, uint16_t *ret_code);
/* Remembers; the oldest goes when there are too many. */
void mgcp_history_put(struct mgcp_history *h, const struct mgcp_msg *cmd, uint16_t code);
/* K of a command: these answers were received. */
void mgcp_history_confirmed(struct mgcp_history *h, const struct mgcp_text *k);

#endif
