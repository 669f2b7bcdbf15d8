/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages to MTP and from it: traced, counted, given to the circuit they are for. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <time.h>

#include <osmocom/core/utils.h>

#include "gw/exchange/circuit.h"
#include "gw/exchange/control.h"
#include "gw/exchange/mischief.h"

static bool in_call(const struct circuit *c)
{
	return c->state == CCT_OUT || c->state == CCT_IN;
}

/* 12:34:56.789012 > 1.1.2 IAM cic=5; ... */
static void trace(struct exchange *x, char arrow, const uint8_t *octets, size_t len,
		  const struct isup_msg *m)
{
	char text[ISUP_MAX_TEXT], when[16];
	struct isup_fault fault;
	struct isup_msg decoded;
	struct timespec now;
	struct tm tm;

	if (!x->cfg.trace)
		return;
	if (!m && isup_decode(&decoded, x->cfg.dialect, octets, len, &fault) == 0)
		m = &decoded;
	if (m)
		isup_print_line(text, sizeof(text), m);
	else
		snprintf(text, sizeof(text), "malformed at octet %zu: %s%s%s: %s", fault.at,
			 fault.par ? fault.par : "", fault.par ? " " : "", fault.why,
			 osmo_hexdump_nospc(octets, len));
	clock_gettime(CLOCK_REALTIME, &now);
	localtime_r(&now.tv_sec, &tm);
	strftime(when, sizeof(when), "%H:%M:%S", &tm);
	fprintf(x->cfg.trace, "%s.%06ld %c %s\n", when, now.tv_nsec / 1000, arrow, text);
}

static void track_sent(struct circuit *c, uint8_t type)
{
	switch (type) {
	case ISUP_MT_IAM:
		c->busy = true;
		c->t_iam = exchange_now();
		break;
	case ISUP_MT_ANM:
	case ISUP_MT_CON:
		if (c->state == CCT_IN && !c->answered)
			c->x->stats.in.answered++;
		c->answered = true;
		break;
	case ISUP_MT_REL:
		c->rel_sent = true;
		break;
	case ISUP_MT_RLC:
		c->busy = false;
		break;
	}
}

int exchange_transmit(struct exchange *x, const uint8_t *octets, size_t len)
{
	unsigned int cic = len >= 2 ? octets[0] | octets[1] << 8 : 0;
	struct mtp_label l = { x->cfg.opc, x->cfg.dpc, cic & 0xf, x->cfg.ni, 0 };
	int rc;

	trace(x, '>', octets, len, NULL);
	rc = mtp_transfer(x->mtp, &l, octets, len);
	if (rc < 0) {
		x->stats.not_sent++;
		return rc;
	}
	x->stats.sent++;
	if (len >= 3)
		x->stats.sent_type[octets[2]]++;
	return 0;
}

int exchange_send(struct exchange *x, struct circuit *c, const uint8_t *octets, size_t len)
{
	struct isup_fault fault;
	struct isup_msg m;

	if (c && len >= 3)
		track_sent(c, octets[2]);
	if (c && len >= 3 && blocked_told(octets[2]) &&
	    isup_decode(&m, x->cfg.dialect, octets, len, &fault) == 0)
		blocked_note(c, &m, true);
	return mischief_send(x, octets, len) ? 0 : exchange_transmit(x, octets, len);
}

int exchange_send_msg(struct exchange *x, struct circuit *c, const struct isup_msg *m)
{
	uint8_t octets[MTP_MAX_SDU];
	ssize_t len = isup_encode(octets, sizeof(octets), m);

	return len < 0 ? len : exchange_send(x, c, octets, len);
}

static int send_octets(struct circuit *c, const struct scn_message *msg, uint8_t *octets,
		       size_t len)
{
	unsigned int i;

	for (i = 0; i < msg->n_damage; i++)
		len = scn_damage(&msg->damage[i], c->x->cfg.dialect, octets, len);
	return exchange_send(c->x, msg->own_cic ? NULL : c, octets, len);
}

/* With variables: the text is filled in and encoded for this call. */
static int send_filled(struct circuit *c, const struct scn_message *msg, uint8_t *octets)
{
	const struct scn_values v = {
		.called = c->call.called,
		.calling = c->call.calling,
		.called_nai = c->call.called_nai,
		.calling_nai = c->call.calling_nai,
		.cic = c->cic,
		.n = c->call.id,
	};
	char text[SCN_MAX_TEXT];
	const char *why;
	struct isup_msg m;
	ssize_t len;
	int rc, line;

	rc = scn_fill(text, sizeof(text), msg->text, &v);
	if (rc < 0)
		return rc;
	if (isup_parse(&m, c->x->cfg.dialect, text, &why, &line) < 0)
		return -EINVAL;
	len = isup_encode(octets, MTP_MAX_SDU, &m);
	return len < 0 ? (int)len : send_octets(c, msg, octets, len);
}

int exchange_send_message(struct circuit *c, const struct scn_message *msg)
{
	uint8_t octets[MTP_MAX_SDU];

	if (!msg->len)
		return send_filled(c, msg, octets);
	memcpy(octets, msg->octets, msg->len);
	if (!msg->own_cic) {
		octets[0] = c->cic & 0xff;
		octets[1] = c->cic >> 8;
	}
	return send_octets(c, msg, octets, msg->len);
}

static void backward(struct circuit *c, bool acm, bool answer)
{
	struct stats *s = &c->x->stats;
	uint64_t t = exchange_now() - c->t_iam;

	c->heard = true;
	if (acm && !c->acm) {
		c->acm = true;
		hist_add(&s->iam_acm, t);
	}
	if (answer && !c->answered) {
		c->answered = true;
		s->out.answered++;
		hist_add(&s->iam_anm, t);
	}
}

/* More digits: $called grows. */
static void more_digits(struct circuit *c, const struct isup_msg *m)
{
	size_t n = strlen(c->call.called);
	struct isup_number more;

	if (isup_get(m, ISUP_P_SUBSEQUENT, &more))
		osmo_strlcpy(c->call.called + n, more.digits, sizeof(c->call.called) - n);
}

static void track_received(struct circuit *c, const struct isup_msg *m)
{
	struct isup_cause cause;

	switch (m->type) {
	case ISUP_MT_ACM:
		if (c->state == CCT_OUT)
			backward(c, true, false);
		break;
	case ISUP_MT_ANM:
	case ISUP_MT_CON:
		if (c->state == CCT_OUT)
			backward(c, m->type == ISUP_MT_CON, true);
		break;
	case ISUP_MT_SAM:
		if (c->state == CCT_IN)
			more_digits(c, m);
		break;
	case ISUP_MT_REL:
		if (isup_get(m, ISUP_P_CAUSE, &cause))
			c->x->stats.causes[cause.value & 0x7f]++;
		c->heard = true;
		break;
	case ISUP_MT_RLC:
	case ISUP_MT_UCIC:
		c->busy = false;
		c->heard = true;
		break;
	}
}

/* Both ends seized the circuit (Q.764 2.9.1.4): the one that controls it goes on, the other gives
 * way. */
static bool keeps_circuit(const struct circuit *c)
{
	return c->x->cfg.dual == DUAL_KEEP || (c->x->cfg.dual == DUAL_STANDARD && c->controlled);
}

/* A reset ends what is on the circuit. */
static void reset(struct circuit *c, const struct isup_msg *m)
{
	c->busy = false;
	if (in_call(c)) {
		if (!call_rx(c, m))
			call_unexpected(c, m);
	} else if (c->state != CCT_IDLE) {
		if (c->state == CCT_STUCK)
			c->x->stats.stuck--;
		circuit_cleared(c);
	}
}

static void reset_group(struct circuit *first, const struct isup_msg *m)
{
	struct circuit *c;
	struct isup_range r;
	unsigned int i;

	if (!isup_get(m, ISUP_P_RANGE, &r))
		return;
	for (i = 0; i <= r.range; i++) {
		c = first->cic + i < XCH_CICS ? first->x->by_cic[first->cic + i] : NULL;
		if (c)
			reset(c, m);
	}
}

static void on_idle_circuit(struct circuit *c, const struct isup_msg *m, bool answered)
{
	const struct scn_block *block = scenario_find_on(c->x->scn, m);

	if (block) {
		call_incoming(c, block, m);
	} else if (m->type == ISUP_MT_IAM && !(scenario_no_auto(c->x->scn) & AUTO_IAM)) {
		c->x->stats.refused++;
		circuit_take(c, CCT_IN);
		circuit_clear(c, 1);
	} else if (!answered && c->x->cfg.events) {
		control_message(c->x, m);	/* it may answer what a command sent */
	} else if (!answered) {
		c->x->stats.unexpected++;
	}
}

static void dispatch(struct circuit *c, const struct isup_msg *m)
{
	bool answered;

	track_received(c, m);
	blocked_note(c, m, false);
	if (m->type == ISUP_MT_IAM && c->state == CCT_OUT && !c->heard && !call_wants(c, m)) {
		if (keeps_circuit(c)) {
			c->x->stats.dual_won++;
			return;
		}
		call_yield(c);
	}
	answered = auto_answer(c->x, c, m);
	if (answered && m->type == ISUP_MT_GRS) {
		reset_group(c, m);
	} else if (answered && m->type == ISUP_MT_RSC) {
		reset(c, m);
	} else if (in_call(c)) {
		if (!call_rx(c, m) && (!answered || m->type == ISUP_MT_REL))
			call_unexpected(c, m);
	} else if (c->state == CCT_CLEARING) {
		if (m->type == ISUP_MT_RLC)
			circuit_cleared(c);
	} else {
		on_idle_circuit(c, m, answered);
	}
}

static void malformed(struct exchange *x, const struct isup_fault *f, const uint8_t *sdu,
		      size_t len)
{
	x->stats.malformed++;
	trace(x, '<', sdu, len, NULL);
	if (x->stats.told++ < XCH_MAX_FAILURES && !x->cfg.quiet)
		fprintf(x->cfg.err, "malformed message at octet %zu: %s%s%s: %s\n", f->at,
			f->par ? f->par : "", f->par ? ": " : "", f->why,
			osmo_hexdump_nospc(sdu, len));
}

void exchange_rx(void *ctx, const struct mtp_label *l, const uint8_t *sdu, size_t len)
{
	struct exchange *x = ctx;
	struct isup_fault fault;
	struct isup_msg m;
	struct circuit *c;

	x->stats.received++;
	if (l->opc != x->cfg.dpc || l->dpc != x->cfg.opc) {
		x->stats.foreign++;
		return;
	}
	if (isup_decode(&m, x->cfg.dialect, sdu, len, &fault) < 0) {
		malformed(x, &fault, sdu, len);
		return;
	}
	if (mischief_receive(x, &m))
		return;
	x->stats.received_type[m.type]++;
	trace(x, '<', sdu, len, &m);
	c = m.cic < XCH_CICS ? x->by_cic[m.cic] : NULL;
	if (control_rx(x, &m) && (!c || !in_call(c)))
		return;
	if (!c && m.type == ISUP_MT_UPT && auto_answer(x, NULL, &m))
		return;
	if (!c && (m.type == ISUP_MT_UPT || m.type == ISUP_MT_UPA))
		c = &x->circuits[0]; /* about the exchange, not the circuit */
	if (c)
		dispatch(c, &m);
	else
		x->stats.unequipped++;
}
