/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gw/sip.h on paper: keeps the promises of that page (who answers what, when a leg is gone) without
 * any transport. */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <osmocom/core/talloc.h>

#include "isup/compat.h"
#include "tests/flow/fake_sip.h"

enum { FAKE_MAX_WAITING = 4 };

struct sip { struct sip_user user; };

struct sip_leg {
	struct sip *sip;
	const struct sip_leg_ops *ops;
	void *ctx;
	unsigned int index;
	bool uac, answered, early;
	enum sip_method offer_by;	/* the last offer came with it */
	bool ack_due;			/* our 2xx awaits its ACK */
	bool offer_in;			/* a re-INVITE of the peer awaits its answer */
	bool offer_out;			/* one of ours does */
	bool asks;			/* our INVITE had no offer */
	bool owes_ack;			/* ... and the 2xx had one: our ACK has the answer */
	bool settled;			/* the INVITE's offer was answered reliably */
	bool rel, needs_rel;		/* the peer knows 100rel, or wants it always */
	bool prack_due, prack_due_sdp;	/* for the last provisional, which had a description */
	bool offered;			/* by the INVITE, or by that provisional */
	unsigned int n_waiting;
	struct waiting { int status; bool sdp; char text[FAKE_MAX_LINE]; } *waiting;
};

static struct sip_leg *legs[FAKE_MAX_LEGS + 1];
static unsigned int n_legs;
static struct fake_sent sent[FAKE_MAX_SENT];
static unsigned int n_sent;

/* --- what goes out, as text --- */

static const char *part(const struct sip_out *o, const char *type, size_t *ret_len)
{
	const char *body = (const char *)o->body, *end = body + o->body_len, *p;
	const char *b = strstr(o->content_type, "boundary=");
	char mark[80] = "\r\n--";
	size_t n;

	if (!strncasecmp(o->content_type, type, strlen(type))) {
		*ret_len = o->body_len;
		return body;
	}
	if (!b)
		return NULL;
	b += 9;
	b += *b == '"';
	n = strcspn(b, "\";");
	memcpy(mark + 4, b, n);
	mark[4 + n] = '\0';
	p = memmem(body, o->body_len, type, strlen(type));
	p = p ? memmem(p, end - p, "\r\n\r\n", 4) : NULL;
	if (!p)
		return NULL;
	p += 4;
	*ret_len = (const char *)memmem(p, end - p, mark, strlen(mark)) - p;
	return p;
}

/* The ISUP part behind that one. */
static const char *more(const struct sip_out *o, const char *before, size_t *ret_len)
{
	struct sip_out rest = *o;
	const char *end = before + *ret_len, *p;

	if (strncasecmp(o->content_type, "multipart", 9))
		return NULL;
	rest.body_len = (const char *)o->body + o->body_len - end;
	memmove(rest.body, end, rest.body_len);
	p = part(&rest, "application/ISUP", ret_len);
	return p ? end + (p - (const char *)rest.body) : NULL;
}

static const char *direction(const char *sdp, size_t len)
{
	static const char *const words[] = { "a=sendonly", "a=inactive", "a=recvonly" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (memmem(sdp, len, words[i], strlen(words[i])))
			return words[i] + 2;
	return "sendrecv";
}

/* " codecs=8,0,101" */
static size_t codecs(char *text, size_t size, const char *sdp, size_t len)
{
	const char *m = memmem(sdp, len, "RTP/AVP ", 8);
	char list[64] = "";
	size_t i;

	if (!m)
		return 0;
	m += 8;
	for (i = 0; i + 1 < sizeof(list) && m + i < sdp + len && m[i] >= ' '; i++)
		list[i] = m[i] == ' ' ? ',' : m[i];
	return snprintf(text, size, " codecs=%s;", list);
}

/* What the ISUP part says it is. */
static const struct isup_dialect *dialect_of(const struct sip_out *o)
{
	bool ansi = strstr(o->content_type, "version=ansi") ||
		    memmem(o->body, o->body_len, "version=ansi", 12);

	return ansi ? &isup_ansi : &isup_itu;
}

static void add_body(char *text, size_t size, const struct sip_out *o)
{
	char line[2048];
	struct isup_msg m;
	size_t len, at = strlen(text);
	const char *p = part(o, "application/sdp", &len);

	if (p) {
		const char *dir = direction(p, len);

		at += snprintf(text + at, size - at, " sdp=%s", dir);
		at += codecs(text + at, size - at, p, len);
	}
	p = part(o, "application/x-session-info", &len);
	if (p)
		at += snprintf(text + at, size - at, " %.*s", (int)len - 2, p);
	for (p = part(o, "application/ISUP", &len); p; p = more(o, p, &len)) {
		if (isup_decode_body_unknown(&m, dialect_of(o), (const uint8_t *)p, len, NULL) == 0)
			isup_print_line(line, sizeof(line), &m);
		else
			snprintf(line, sizeof(line), "malformed");
		at += snprintf(text + at, size - at, " isup=%s", line);
	}
}

/* Header lines of the gateway's own stand on the line, too, a ';' after each. */
static void flatten(char *text)
{
	char *eol;

	while ((eol = strstr(text, "\r\n")))
		memcpy(eol, "; ", 2);
}

/* What the edge's page does not allow. */
static void fault(const char *what, const char *text)
{
	fprintf(stderr, "%s: %s\n", what, text);
	exit(1);
}

static struct fake_sent *next_sent(const struct sip_leg *leg)
{
	if (n_sent == FAKE_MAX_SENT) {
		fprintf(stderr, "more than %d SIP messages not looked at\n", FAKE_MAX_SENT);
		exit(1);
	}
	sent[n_sent].leg = leg->index;
	return &sent[n_sent++];
}

static void say(const struct sip_leg *leg, const char *what, const struct sip_out *o)
{
	struct fake_sent *s = next_sent(leg);
	size_t at;

	at = snprintf(s->text, sizeof(s->text), "%s", what);
	if (!o)
		return;
#define ADD(name, field) \
	if (o->field[0]) \
		at += snprintf(s->text + at, sizeof(s->text) - at, " " name "=%s", o->field)
	ADD("ruri", ruri);
	ADD("from", from);
	ADD("to", to);
	ADD("pai", pai);
	ADD("privacy", privacy);
	ADD("reason", reason);
	ADD("contact", contact);
	ADD("contact_user", contact_user);
	ADD("diversion", diversion);
	ADD("headers", headers);
#undef ADD
	flatten(s->text);
	if (o->max_forwards)
		at += snprintf(s->text + at, sizeof(s->text) - at, " mf=%d", o->max_forwards);
	if (o->retry_after)
		snprintf(s->text + at, sizeof(s->text) - at, " retry-after=%d", o->retry_after);
	add_body(s->text, sizeof(s->text), o);
}

bool fake_sip_take(struct fake_sent *ret)
{
	if (!n_sent)
		return false;
	*ret = sent[0];
	memmove(sent, sent + 1, --n_sent * sizeof(sent[0]));
	return true;
}

static struct sip_leg *leg_new(struct sip *sip, bool uac)
{
	struct sip_leg *l;

	if (n_legs == FAKE_MAX_LEGS) {
		fprintf(stderr, "more than %d dialogs in one flow\n", FAKE_MAX_LEGS);
		exit(1);
	}
	l = talloc_zero(sip, struct sip_leg);
	l->sip = sip;
	l->uac = uac;
	l->index = ++n_legs;
	legs[l->index] = l;
	return l;
}

static void gone(struct sip_leg *l)
{
	legs[l->index] = NULL;
	talloc_free(l);
}

struct sip_leg *fake_sip_leg(unsigned int index)
{
	return index <= FAKE_MAX_LEGS ? legs[index] : NULL;
}

unsigned int fake_sip_legs(void)
{
	return n_legs;
}

void fake_sip_reset(void)
{
	memset(legs, 0, sizeof(legs));
	n_legs = n_sent = 0;
}

/* --- the peer --- */

void fake_sip_invite(struct sip *sip, struct sip_msg *msg)
{
	struct sip_leg *l = leg_new(sip, false);

	msg->is_request = true;
	msg->method = SIP_INVITE;
	l->needs_rel = msg->require && strstr(msg->require, "100rel");
	l->rel = l->needs_rel || (msg->supported && strstr(msg->supported, "100rel"));
	l->offered = msg->body_len;
	sip->user.invite(sip->user.ctx, l, msg);
}

void fake_sip_response(unsigned int index, struct sip_msg *msg)
{
	struct sip_leg *l = fake_sip_leg(index);
	const struct sip_leg_ops *ops = l->ops;
	void *ctx = l->ctx;
	int status = msg->status;

	l->early = true;
	l->settled = l->settled || (msg->rseq && msg->body_len);
	if (status >= 200 && status < 300) {
		l->answered = true;
		l->owes_ack = l->asks && msg->body_len &&
			      memmem(msg->body, msg->body_len, "v=0", 3);
	} else if (status >= 300) {
		gone(l);
	}
	ops->response(ctx, status, msg);
}

/* What waited for the PRACK goes out, up to the next that wants one. */
static void go_on(struct sip_leg *l)
{
	while (l->n_waiting && !l->prack_due) {
		struct fake_sent *s = next_sent(l);
		int status = l->waiting[0].status;

		memcpy(s->text, l->waiting[0].text, sizeof(s->text));
		l->prack_due = status < 200;
		l->prack_due_sdp = l->waiting[0].sdp;
		memmove(l->waiting, l->waiting + 1, --l->n_waiting * sizeof(l->waiting[0]));
		if (status >= 200)
			l->answered = l->ack_due = true;
	}
}

static void offer(struct sip_leg *l, struct sip_msg *msg, enum sip_method method);

static void prack(struct sip_leg *l, struct sip_msg *msg)
{
	bool answer = l->prack_due_sdp && !l->offered;

	if (!l->prack_due)
		fault("no provisional response awaits it", "PRACK");
	l->prack_due = false;
	l->settled = l->settled || l->prack_due_sdp;
	msg->method = SIP_PRACK;
	if (answer && msg->body_len) {
		l->offered = true;
		l->ops->acked(l->ctx, msg);
	} else if (msg->body_len) {
		offer(l, msg, SIP_PRACK);
	}
	go_on(l);
}

/* What ends the dialog. */
static bool last_request(struct sip_leg *l, const char *method, struct sip_msg *msg)
{
	const struct sip_leg_ops *ops = l->ops;
	void *ctx = l->ctx;
	bool late = !l->uac && !l->answered && !strcmp(method, "BYE");

	if (strcmp(method, "BYE") && strcmp(method, "CANCEL") && strcmp(method, "NOACK") &&
	    strcmp(method, "NOPRACK"))
		return false;
	if (!strcmp(method, "CANCEL") && l->answered)	/* the 200 is out: no effect */
		return true;
	if (!strcmp(method, "CANCEL") || late)
		say(l, "487", NULL);
	if (!strcmp(method, "NOPRACK"))
		say(l, "503", NULL);
	gone(l);
	msg->method = strcmp(method, "BYE") ? SIP_CANCEL : SIP_BYE;
	if (!strncmp(method, "NO", 2))
		ops->ended(ctx, NULL, method[2] == 'P' ? "response not acknowledged" :
							 "the answer was never acknowledged");
	else if (!strcmp(method, "BYE"))
		ops->ended(ctx, msg, "BYE");
	else
		ops->cancelled(ctx, msg);
	return true;
}

static void offer(struct sip_leg *l, struct sip_msg *msg, enum sip_method method)
{
	msg->method = method;
	if (method == SIP_UPDATE && !msg->body_len) {
		if (l->ops->refreshed)
			l->ops->refreshed(l->ctx, msg);
		return;
	}
	if (l->offer_out || l->offer_in || l->ack_due) {
		say(l, l->offer_out ? "REINVITE-491" : "REINVITE-500", NULL);
		return;
	}
	l->offer_in = true;
	l->offer_by = method;
	l->ops->offer(l->ctx, msg);
}

static void no_response(struct sip_leg *l, int status)
{
	const struct sip_leg_ops *ops = l->ops;
	void *ctx = l->ctx;

	gone(l);
	ops->response(ctx, status, NULL);
}

/* "R200": the final response to our re-INVITE. */
static void result(struct sip_leg *l, const char *what, struct sip_msg *msg)
{
	if (!l->offer_out)
		fault("no re-INVITE awaits an answer", what);
	l->offer_out = false;
	msg->is_request = false;
	msg->status = strtol(what, NULL, 10);
	l->ops->offer_result(l->ctx, msg->status, msg);
}

/* "I405": an INFO of ours; "I481" is the end of the dialog. */
static void info_refused(struct sip_leg *l, int status)
{
	const struct sip_leg_ops *ops = l->ops;
	void *ctx = l->ctx;

	if (status == 481) {
		say(l, l->answered ? "BYE" : "CANCEL", NULL);
		gone(l);
		ops->ended(ctx, NULL, "INFO found no dialog");
	} else if (ops->info_refused) {
		ops->info_refused(ctx, status);
	}
}

static bool may(const struct sip_leg *l, const char *line)
{
	switch (line[0]) {
	case 'A':
		return l->ack_due;
	case 'N':			/* NOACK, NOPRACK */
		return line[2] == 'P' ? l->prack_due && !l->answered : l->ack_due;
	case 'B':
		return !l->uac || l->answered;
	case 'C':
		return !l->uac && !l->answered;
	case 'I':
		return l->answered || l->early;
	case 'S':
		return l->uac && !l->answered && !l->early;
	case 'U':
		return line[1] == 'P' ? l->answered || l->early
				      : l->uac && !l->answered && !l->early;
	case 'P':			/* PRACK */
		return l->prack_due;
	case 'R':
		return line[1] == 'E' ? l->answered : l->offer_out;
	default:			/* a response */
		return l->uac && !l->answered;
	}
}

bool fake_sip_may(unsigned int index, const char *line)
{
	const struct sip_leg *l = fake_sip_leg(index);

	return l && may(l, line);
}

static void info(struct sip_leg *l, struct sip_msg *msg)
{
	static struct sip_out answer;
	char what[16];
	int status;

	memset(&answer, 0, sizeof(answer));
	status = l->ops->info_status(l->ctx, msg, &answer);
	snprintf(what, sizeof(what), "INFO-%d", status);
	if (status >= 300)
		say(l, what, &answer);
	else
		l->ops->info(l->ctx, msg);
}

bool fake_sip_request(unsigned int index, const char *method, struct sip_msg *msg)
{
	struct sip_leg *l = fake_sip_leg(index);

	msg->is_request = true;
	if (last_request(l, method, msg))
		return true;
	if (!strcmp(method, "PRACK")) {
		prack(l, msg);
	} else if (!strcmp(method, "ACK")) {
		msg->method = SIP_ACK;
		l->ack_due = false;
		l->ops->acked(l->ctx, msg);
	} else if (!strcmp(method, "INFO")) {
		msg->method = SIP_INFO;
		info(l, msg);
	} else if (!strcmp(method, "REINVITE") || !strcmp(method, "UPDATE")) {
		offer(l, msg, method[0] == 'U' ? SIP_UPDATE : SIP_INVITE);
	} else if (!strcmp(method, "SILENCE") || !strcmp(method, "UNREACHABLE")) {
		no_response(l, method[0] == 'S' ? 408 : 503);
	} else if (method[0] == 'R') {
		result(l, method + 1, msg);
	} else if (method[0] == 'I') {
		info_refused(l, strtol(method + 1, NULL, 10));
	} else {
		return false;
	}
	return true;
}

/* The peers do what they owe. */
static void do_all(struct sip_leg *l)
{
	static struct sip_msg msg;

	memset(&msg, 0, sizeof(msg));
	if (l->prack_due)
		fake_sip_request(l->index, "PRACK", &msg);
	else if (l->ack_due)
		fake_sip_request(l->index, "ACK", &msg);
	else if (l->offer_out)
		fake_sip_request(l->index, "R488", &msg);
}

unsigned int fake_sip_owes(void)
{
	unsigned int i;

	for (int round = 0; round < 4; round++)
		for (i = 1; i <= n_legs; i++)
			if (legs[i])
				do_all(legs[i]);
	for (i = 1; i <= n_legs; i++)
		if (legs[i] && (legs[i]->offer_in || legs[i]->owes_ack))
			return i;
	return 0;
}

/* --- gw/sip.h --- */

struct sip *sip_new(void *ctx, const struct sip_cfg *cfg, const struct sip_user *user)
{
	struct sip *s = talloc_zero(ctx, struct sip);

	s->user = *user;
	return s;
}

void sip_free(struct sip *sip)
{
	talloc_free(sip);
}

uint16_t sip_port(const struct sip *sip, unsigned int listen_index)
{
	return 5060;
}

const char *sip_host(const struct sip *sip)
{
	return "192.0.2.1";
}

/* series: "" or what tells its INVITEs from each other. */
static int invite(struct sip_leg **ret, struct sip_leg *l, const struct sip_target *target,
		  const char *series, const struct sip_out *out)
{
	char what[400];
	size_t len;

	if (!strcmp(target->host, "192.0.2.99")) {	/* nobody can send there */
		gone(l);
		n_legs--;
		return -EHOSTUNREACH;
	}
	snprintf(what, sizeof(what), "INVITE target=%s:%u%s", target->host, target->port, series);
	say(l, what, out);
	l->asks = !part(out, "application/sdp", &len);
	*ret = l;
	return 0;
}

int sip_leg_invite(struct sip_leg **ret, struct sip *sip, const struct sip_target *target,
		   const struct sip_out *out, enum sip_100rel rel100, const struct sip_leg_ops *ops,
		   void *ctx)
{
	struct sip_leg *l = leg_new(sip, true);

	sip_leg_bind(l, ops, ctx);
	return invite(ret, l, target, "", out);
}

struct sip_series {
	struct sip *sip;
	struct sip_target target;
	unsigned int call, cseq;	/* call: the leg of the first */
};

struct sip_series *sip_series_new(void *ctx, struct sip *sip, const struct sip_target *target,
				  enum sip_100rel rel100)
{
	struct sip_series *s = talloc_zero(ctx, struct sip_series);

	s->sip = sip;
	s->target = *target;
	s->target.host = talloc_strdup(s, target->host);
	return s;
}

int sip_series_invite(struct sip_leg **ret, struct sip_series *s, const struct sip_out *out,
		      const struct sip_leg_ops *ops, void *ctx)
{
	struct sip_leg *l = leg_new(s->sip, true);
	char series[40];

	sip_leg_bind(l, ops, ctx);
	if (!s->call)
		s->call = l->index;
	snprintf(series, sizeof(series), " call=%u cseq=%u", s->call, ++s->cseq);
	return invite(ret, l, &s->target, series, out);
}

void sip_leg_bind(struct sip_leg *leg, const struct sip_leg_ops *ops, void *ctx)
{
	leg->ops = ops;
	leg->ctx = ctx;
}

int sip_leg_reply(struct sip_leg *leg, int status, const char *phrase, const struct sip_out *out,
		  enum sip_100rel rel100)
{
	bool reliable = status < 200 && sip_leg_reliable(leg, rel100);
	bool waits = leg->prack_due &&
		     (status < 200 ? reliable : leg->prack_due_sdp || leg->n_waiting);
	char what[16];
	size_t len;
	bool sdp;

	snprintf(what, sizeof(what), reliable ? "%d rel" : "%d", status);
	say(leg, what, out);
	sdp = out && part(out, "application/sdp", &len);
	if (status < 200)
		leg->early = true;
	if (status < 200 && sdp && !leg->offered && !reliable)
		fault("an offer in an unreliable response", what);
	if (waits && status < 300) {
		if (leg->n_waiting == FAKE_MAX_WAITING)
			return -ENOBUFS;
		if (!leg->waiting)
			leg->waiting = talloc_array(leg, struct waiting, FAKE_MAX_WAITING);
		memcpy(leg->waiting[leg->n_waiting].text, sent[--n_sent].text, FAKE_MAX_LINE);
		leg->waiting[leg->n_waiting].sdp = sdp;
		leg->waiting[leg->n_waiting++].status = status;
	} else if (status >= 300) {
		gone(leg);
	} else if (status >= 200) {
		leg->answered = leg->ack_due = true;
	} else if (reliable) {
		leg->prack_due = true;
		leg->prack_due_sdp = sdp;
	}
	return 0;
}

bool sip_leg_reliable(const struct sip_leg *leg, enum sip_100rel rel100)
{
	return leg->needs_rel || (rel100 != SIP_100REL_OFF && leg->rel);
}

void sip_leg_focus(struct sip_leg *leg, const char *to_tag)
{
}

int sip_leg_ack(struct sip_leg *leg, const struct sip_out *out)
{
	say(leg, "ACK", out);
	leg->owes_ack = false;
	return 0;
}

void sip_leg_release(struct sip_leg *leg, int status, const struct sip_out *out)
{
	char what[16] = "BYE";

	if (!leg->answered && leg->uac)
		snprintf(what, sizeof(what), "CANCEL");
	else if (!leg->answered)
		snprintf(what, sizeof(what), "%d", status);
	say(leg, what, out);
	gone(leg);
}

int sip_leg_info(struct sip_leg *leg, const struct sip_out *out)
{
	if (leg->uac && !leg->early)
		return -ENOTCONN;
	say(leg, "INFO", out);
	return 0;
}

int sip_leg_reinvite(struct sip_leg *leg, const struct sip_out *out)
{
	if (!leg->answered && !leg->settled)
		return -ENOTCONN;
	if (leg->offer_in || leg->offer_out || leg->ack_due)
		return -EBUSY;
	if (!out->body_len)
		return -EINVAL;
	leg->offer_out = true;
	say(leg, leg->answered ? "REINVITE" : "UPDATE", out);
	return 0;
}

int sip_leg_answer_offer(struct sip_leg *leg, int status, const struct sip_out *out)
{
	char what[32];

	if (!leg->offer_in)
		return -ENOENT;
	leg->offer_in = false;
	leg->ack_due = status < 300 && leg->offer_by == SIP_INVITE;
	snprintf(what, sizeof(what), "REINVITE-%d", status);
	say(leg, what, out);
	return 0;
}

const char *sip_leg_call_id(const struct sip_leg *leg)
{
	return "flow";
}

const char *sip_leg_peer(const struct sip_leg *leg)
{
	return "192.0.2.9:5060";
}

bool sip_leg_peer_supports(const struct sip_leg *leg, const char *option_tag)
{
	return leg->rel && !strcmp(option_tag, "100rel");
}

uint64_t sip_counter(const struct sip *sip, enum sip_counter c)
{
	return 0;
}

unsigned int sip_dialogs(const struct sip *sip)
{
	unsigned int n = 0;

	for (unsigned int i = 1; i <= n_legs; i++)
		n += legs[i] != NULL;
	return n;
}

/* For `show causes`; a flow does not look at it. */
const char *sip_status_name(int status)
{
	return status < 300 ? "OK" : "Failure";
}
