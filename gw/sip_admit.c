/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands before the SIP stack: who may speak at all, and how many calls begin in a second. */
#include <stdlib.h>
#include <string.h>

#include "gw/sip_dialog.h"

/* The stack makes each message received by a message class. Ours is a copy of SIP's with two
 * functions put between: the one of the first line, where a source that is not admitted is dropped
 * before anything is parsed, and the one of the body, where a message is complete. The class found
 * from a message leads back to us by its place in this struct. */
struct mclass_hook {
	struct sip *sip;
	const msg_mclass_t *proper;
	struct msg_hclass_s request, status;
	msg_mclass_t mclass;		/* last: its table is as long as SIP's */
};

static struct mclass_hook *hook_of(const msg_t *msg)
{
	return (struct mclass_hook *)((char *)msg_mclass(msg) -
				      offsetof(struct mclass_hook, mclass));
}

static bool admitted(struct sip *sip, msg_t *msg)
{
	struct sockaddr_storage from = { 0 };
	const su_sockaddr_t *su = msg_addr(msg);
	bool tcp = msg_addrinfo(msg)->ai_socktype == SOCK_STREAM;

	if (!sip->user.admit)
		return true;
	memcpy(&from, su, su->su_family == AF_INET6 ? sizeof(su->su_sin6) : sizeof(su->su_sin));
	if (sip->user.admit(sip->user.ctx, &from, tcp ? SIP_TCP : SIP_UDP))
		return true;
	sip->counter[SIP_CTR_SILENCED]++;
	return false;
}

/* Empty lines may stand before a message (RFC 3261 7.5). When it keeps the message's octets, the
 * stack copies the first line from where those begin instead of from where the line begins. */
static void skip_empty_lines(const msg_common_t *h, char *line, size_t len)
{
	const char *octets = h->h_data;

	if (!octets || !strchr(" \t\r\n", line[0]))
		return;
	memcpy(line, octets + strspn(octets, " \t\r\n"), len);
}

/* home is the message itself. A header made here carries the proper class, so that the stack knows
 * it again. */
static issize_t first_line(su_home_t *home, msg_header_t *h, char *s, isize_t len,
			   msg_hclass_t *proper)
{
	struct mclass_hook *hook = hook_of((msg_t *)home);

	((msg_common_t *)h)->h_class = proper;
	skip_empty_lines((const msg_common_t *)h, s, len);
	if (!admitted(hook->sip, (msg_t *)home))
		return -1;
	return proper->hc_parse(home, h, s, len);
}

static issize_t request_line(su_home_t *home, msg_header_t *h, char *s, isize_t len)
{
	return first_line(home, h, s, len, sip_request_class);
}

static issize_t status_line(su_home_t *home, msg_header_t *h, char *s, isize_t len)
{
	return first_line(home, h, s, len, sip_status_class);
}

/* A Via branch shorter than the cookie that every branch begins with would be compared beyond its
 * end by the stack. */
static void mend_branches(const sip_t *s)
{
	sip_via_t *v;

	for (v = s->sip_via; v; v = v->v_next) {
		if (v->v_branch && strlen(v->v_branch) < strlen("z9hG4bK"))
			v->v_branch = NULL;
	}
}

/* On a stream the body may still be on its way. It is waited for here: the stack would tell its
 * pieces to nobody. */
static bool body_to_come(const sip_t *s, isize_t size, int eos)
{
	return !eos && (s->sip_flags & MSG_FLG_BODY) && s->sip_content_length &&
	       s->sip_content_length->l_length > (size_t)size;
}

static issize_t extract_body(msg_t *msg, msg_pub_t *pub, char b[], isize_t size, int eos)
{
	struct mclass_hook *hook = hook_of(msg);
	const sip_t *s = (const sip_t *)pub;
	issize_t n;

	mend_branches(s);
	if (body_to_come(s, size, eos))
		return 0;
	n = hook->proper->mc_extract_body(msg, pub, b, size, eos);
	if (n >= 0 && (s->sip_flags & MSG_FLG_COMPLETE))
		sip_trace_received(hook->sip, msg);
	return n;
}

struct mclass_hook *sip_hook_new(struct sip *sip)
{
	const msg_mclass_t *proper = sip_default_mclass();
	size_t size =
		offsetof(msg_mclass_t, mc_hash) + proper->mc_hash_size * sizeof(proper->mc_hash[0]);
	struct mclass_hook *hook;

	if (size < sizeof(*proper))
		size = sizeof(*proper);
	hook = talloc_zero_size(sip, offsetof(struct mclass_hook, mclass) + size);
	if (!hook)
		return NULL;
	hook->sip = sip;
	hook->proper = proper;
	memcpy(&hook->mclass, proper,
	       offsetof(msg_mclass_t, mc_hash) + proper->mc_hash_size * sizeof(proper->mc_hash[0]));
	hook->request = *sip_request_class;
	hook->request.hc_parse = request_line;
	hook->status = *sip_status_class;
	hook->status.hc_parse = status_line;
	hook->mclass.mc_request->hr_class = &hook->request;
	hook->mclass.mc_status->hr_class = &hook->status;
	hook->mclass.mc_extract_body = extract_body;
	return hook;
}

const msg_mclass_t *sip_hook_mclass(const struct mclass_hook *hook)
{
	return &hook->mclass;
}

/* May one more call begin? A bucket that holds one second's worth. */
bool sip_admit_call(struct sip *sip)
{
	unsigned int rate = sip->cfg.max_calls_per_second;
	uint64_t now = sip_now_us();

	if (sip->cfg.max_dialogs && sip->n_legs >= sip->cfg.max_dialogs)
		return false;
	if (!rate)
		return true;
	sip->tokens += (now - sip->tokens_at_us) * 1e-6 * rate;
	sip->tokens_at_us = now;
	if (sip->tokens > rate)
		sip->tokens = rate;
	if (sip->tokens < 1)
		return false;
	sip->tokens--;
	return true;
}
