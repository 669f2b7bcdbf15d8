/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two exchanges in one process, back to back over the pipe, on a virtual clock: what their tests
 * share. */
#ifndef TOLLGATE_TESTS_EXCHANGE_ENDS_H
#define TOLLGATE_TESTS_EXCHANGE_ENDS_H

#include <check.h>

#include "gw/exchange/circuit.h"
#include "gw/exchange/control.h"
#include "gw/exchange/options.h"

#define N(a) ((int)(sizeof(a) / sizeof((a)[0])))

/* One end: what it plays and what it says. */
struct end {
	struct exchange_cfg cfg;
	struct scn_settings settings;
	const char *scenario, *text;	/* name, or text of its own */
	struct scenario *scn;
	struct exchange *x;
	struct mtp *mtp;
	char *out, *err;
	size_t out_size, err_size;
};

extern struct end a, b;			/* a answers, b calls, unless a test says more */

/* Fixture: presets before a test; both ends closed and nothing left behind after it. */
void ends_setup(void);
void ends_teardown(void);
/* Read an end's scenarios and make its exchange; it places calls or not. */
void end_start(struct end *e, bool places);
/* Both are there: connect them. */
void ends_connect(void);
/* The usual: one scenario answers, the other calls. */
void both(const char *answers, const char *calls);
/* Let time pass: messages first, then the next timer. */
void pass(unsigned int ms);
/* Make what the ends have said visible in out and err. */
void flush(void);

#endif
