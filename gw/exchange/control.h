/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands to a running exchange, their answers, and what it tells unasked. */
#ifndef TOLLGATE_EXCHANGE_CONTROL_H
#define TOLLGATE_EXCHANGE_CONTROL_H

#include "gw/exchange/exchange.h"

/* Commands from a file descriptor, a line each; its end stops the exchange. 0 or -errno. */
int control_open(struct exchange *x, int fd);
void control_close(struct exchange *x);

/* One command (command.c). */
void control_command(struct exchange *x, char *line);
/* One line on cfg.out. */
void control_reply(struct exchange *x, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* "ok WHAT ..." when this message has come on this circuit, "error WHAT ..." when it has not in
 * time. */
void control_await(struct exchange *x, uint16_t cic, uint8_t type, const char *what);
/* Was this message awaited? Then it is told. */
bool control_rx(struct exchange *x, const struct isup_msg *m);

/* Told unasked, when cfg.events says so: the destination has come or gone; a message on an idle
 * circuit that nobody waited for; a call has ended (why NULL: as expected). */
void control_available(struct exchange *x);
void control_message(struct exchange *x, const struct isup_msg *m);
void control_call_ended(struct circuit *c, const char *why);

#endif
