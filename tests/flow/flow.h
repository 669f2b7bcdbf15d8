/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of the flow player share. */
#ifndef TOLLGATE_TESTS_FLOW_H
#define TOLLGATE_TESTS_FLOW_H

#include "tests/flow/lab.h"

enum { FLOW_MAX_SCENARIO = 32 * 1024 };

struct flow {
	struct lab lab;
	const char *file;
	int line;
	int last_cic;
	unsigned int cdrs;
	bool failed;
	struct far *far;		/* NULL: the exchange is the flow itself */
	char far_options[128];
};

/* flow.c */
void flow_bad(struct flow *f, const char *what, const char *text);
/* Every token of want in text; "!token": not in it. */
bool flow_has_tokens(const char *text, const char *want);

/* flow_pstn.c: the exchange sends, the gateway must have sent, the next message sent. */
void flow_pstn_expand(char *buf, size_t size, const char *text, int cic);
void flow_pstn_send(struct flow *f, const char *text);
void flow_pstn_expect(struct flow *f, const char *want);
bool flow_pstn_take(struct flow *f, char *text, size_t size);

/* flow_far.c: tollgate-exchange as the exchange. */
void flow_far_open(struct flow *f, const char *scenario);
void flow_far_close(struct flow *f);
void flow_far_place(struct flow *f, const char *text);
void flow_far_passed(struct flow *f, unsigned int want);
void flow_blocked(struct flow *f, const char *text);
void flow_far_check_end(struct flow *f);
void flow_vty(struct flow *f, const char *text);

/* flow_sip.c */
void flow_sip_send(struct flow *f, unsigned int leg, char *text);
void flow_sip_expect(struct flow *f, unsigned int leg, const char *want);	/* 0: any */
void flow_sip_forget(void);

/* flow_random.c: plays what nobody wrote, and brings everything to rest. */
void flow_random(struct flow *f, uint32_t seed);

#endif
