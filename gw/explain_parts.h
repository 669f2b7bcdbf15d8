/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of `explain' share among themselves. */
#ifndef TOLLGATE_GW_EXPLAIN_PARTS_H
#define TOLLGATE_GW_EXPLAIN_PARTS_H

#include "gw/explain.h"
#include "gw/sip_text.h"
#include "gw/way.h"

struct explain_call {
	const struct explain *to;
	const struct trunk *in;
	struct cc_setup setup;
	struct isup_msg isup;		/* the IAM that came, also in a body */
	bool has_isup;
	const char *sdp;		/* the offer, or NULL */
	bool reading;			/* messages are told with what everything in them means */
	const char *failures;		/* as told for the route before */
	unsigned int failures_of;	/* its number */
};

/* One line, each level of indent two blanks; all lines of a text. */
void explain_line(const struct explain_call *x, unsigned int indent, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
void explain_text(const struct explain_call *x, unsigned int indent, const char *text);
void explain_hex(const struct explain_call *x, const uint8_t *octets, size_t len);
/* A message, and its octets from the type on. */
void explain_isup(const struct explain_call *x, const struct isup_msg *m);
/* Parameters that the dialect does not know are taken out as they ask for (Q.764 2.9.5.3), and each
 * is told of. type_a: the call leaves ISUP here. 0, or the cause with which it ends. */
uint8_t explain_unknown(const struct explain_call *x, struct isup_msg *m, bool type_a);
/* A body, part by part; own: of the trunk group it came from or goes to. */
void explain_body(const struct explain_call *x, const char *content_type, const uint8_t *octets,
		  size_t len, const struct map_profile *own);
/* What the caller hears of a release. */
void explain_release(const struct explain_call *x, const struct cc_release *r);

/* explain_in.c: the message. x belongs to a talloc context of its own. */
enum explain_end explain_read_iam(struct explain_call *x, const char *text);
enum explain_end explain_read_invite(struct explain_call *x, const char *path);

/* explain_out.c: what trunk group t, the route of that number, is sent. 0, or the cause why it is
 * not. */
uint8_t explain_route(struct explain_call *x, const struct trunk *t, unsigned int number);

/* explain_failure.c: what the caller hears when the route fails; last: no other is tried then. */
void explain_failures(struct explain_call *x, const struct trunk *out, unsigned int number,
		      bool last);

#endif
