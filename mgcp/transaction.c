/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Transactions of a call agent: repetition with back-off, acknowledgement, commands received. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <osmocom/core/hashtable.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/timer.h>
#include <osmocom/core/utils.h>

#include "mgcp/history.h"
#include "mgcp/transaction.h"

struct ack { uint32_t tid; uint64_t at; };

struct mgcp_agent {
	struct mgcp_agent_cfg cfg;
	struct mgcp_agent_user user;
	struct mgcp_agent_counters n;
	struct mgcp_history *history;
	uint32_t next_tid;
	uint32_t dice;			/* state of the back-off's random numbers; no secret */
	unsigned int outstanding;
	unsigned int srtt_us, dev_us;	/* 0: nothing measured */
	unsigned int n_acks;
	struct ack acks[MGCP_MAX_PENDING_ACKS];
	DECLARE_HASHTABLE(by_tid, 12);
	char buf[MGCP_MAX_DATAGRAM];	/* commands are written here, then copied to their size */
};

struct mgcp_transaction {
	struct hlist_node node;
	struct mgcp_agent *agent;
	struct osmo_timer_list timer;
	mgcp_done_cb *done;
	void *done_ctx;
	uint64_t first_us;
	uint32_t tid;
	uint32_t rto;			/* ms, of the waiting that goes on */
	uint16_t repeated;
	uint16_t len;
	bool provisional;
	char text[];			/* the command as sent */
};

static uint32_t roll(struct mgcp_agent *a)
{
	a->dice ^= a->dice << 13;
	a->dice ^= a->dice >> 17;
	a->dice ^= a->dice << 5;
	return a->dice;
}

static void set_default(unsigned int *v, unsigned int value)
{
	if (!*v)
		*v = value;
}

struct mgcp_agent *mgcp_agent_new(void *ctx, const struct mgcp_agent_cfg *cfg,
				  const struct mgcp_agent_user *user)
{
	struct mgcp_agent *a = talloc_zero(ctx, struct mgcp_agent);

	if (!a)
		return NULL;
	a->cfg = *cfg;
	set_default(&a->cfg.rto_first, 200);
	set_default(&a->cfg.rto_max, 4000);
	set_default(&a->cfg.longtran, 5000);
	set_default(&a->cfg.max_retransmissions, 5);
	set_default(&a->cfg.t_max, 20000);
	set_default(&a->cfg.t_hist, 30000);
	set_default(&a->cfg.max_transactions, 4096);
	a->cfg.max_transactions = OSMO_MIN(a->cfg.max_transactions, MGCP_MAX_TRANSACTIONS);
	a->user = *user;
	a->dice = mgcp_now_us() * 2654435761u | 1;
	/* a restarted agent must not meet its own old identifiers in the gateway's memory (3.5) */
	a->next_tid = cfg->first_tid ? cfg->first_tid : roll(a) % (MGCP_MAX_TID - 1) + 1;
	hash_init(a->by_tid);
	a->history = mgcp_history_new(a, a->cfg.t_hist);
	if (!a->history)
		TALLOC_FREE(a);
	return a;
}

static void end(struct mgcp_transaction *t)
{
	osmo_timer_del(&t->timer);
	hash_del(&t->node);
	t->agent->outstanding--;
}

void mgcp_transaction_cancel(struct mgcp_transaction *t)
{
	end(t);
	talloc_free(t);
}

void mgcp_agent_free(struct mgcp_agent *a)
{
	struct mgcp_transaction *t;
	struct hlist_node *tmp;
	int i;

	hash_for_each_safe(a->by_tid, i, tmp, t, node)
		mgcp_transaction_cancel(t);
	talloc_free(a);
}

static struct mgcp_transaction *find(struct mgcp_agent *a, uint32_t tid)
{
	struct mgcp_transaction *t;

	hash_for_each_possible(a->by_tid, t, node, tid)
		if (t->tid == tid)
			return t;
	return NULL;
}

static uint32_t take_tid(struct mgcp_agent *a)
{
	uint32_t tid;

	do {	/* ends: there are fewer outstanding than identifiers */
		tid = a->next_tid;
		a->next_tid = tid < MGCP_MAX_TID ? tid + 1 : 1;
	} while (find(a, tid));
	return tid;
}

unsigned int mgcp_agent_rto(const struct mgcp_agent *a)
{
	unsigned int rto = a->cfg.rto_first;

	if (a->srtt_us)
		rto = OSMO_MAX(rto, (a->srtt_us + 4 * a->dev_us) / 1000);
	return OSMO_MIN(rto, a->cfg.rto_max);
}

/* Only commands sent once tell the round trip; which sending an answer belongs to is unknown
 * otherwise. */
static void measure(struct mgcp_agent *a, const struct mgcp_transaction *t)
{
	uint64_t us = mgcp_now_us() - t->first_us;
	unsigned int rtt = OSMO_MIN(us, 60000000u);
	unsigned int off;

	if (t->repeated || t->provisional)
		return;
	a->n.rtt_n++;
	a->n.rtt_sum_us += rtt;
	a->n.rtt_max_us = OSMO_MAX(a->n.rtt_max_us, rtt);
	if (!a->srtt_us) {
		a->srtt_us = rtt + 1;
		a->dev_us = rtt / 2;
		return;
	}
	off = rtt > a->srtt_us ? rtt - a->srtt_us : a->srtt_us - rtt;
	a->dev_us = (3 * (uint64_t)a->dev_us + off) / 4;
	a->srtt_us = (7 * (uint64_t)a->srtt_us + rtt) / 8 + 1;
}

static void out(struct mgcp_agent *a, const char *buf, size_t len)
{
	a->n.sent++;
	a->user.send(a->user.ctx, buf, len);
}

static void answer_text(struct mgcp_agent *a, const struct mgcp_msg *rsp)
{
	char buf[256];
	int len = mgcp_encode(buf, sizeof(buf), rsp);

	if (len < 0)
		return;
	a->n.sent++;
	a->user.answer(a->user.ctx, buf, len);
}

static void arm(struct mgcp_transaction *t, uint32_t ms)
{
	t->rto = ms;
	osmo_timer_schedule(&t->timer, ms / 1000, ms % 1000 * 1000);
}

static void finish(struct mgcp_transaction *t, const struct mgcp_msg *rsp)
{
	end(t);
	if (t->done)
		t->done(t->done_ctx, rsp);
	talloc_free(t);
}

/* 4.3: the delay doubles, with a random part so that many agents do not go in step. */
static void expired(void *data)
{
	struct mgcp_transaction *t = data;
	struct mgcp_agent *a = t->agent;
	uint64_t age = (mgcp_now_us() - t->first_us) / 1000;
	uint32_t twice = OSMO_MIN(2 * t->rto, a->cfg.rto_max);

	if (age >= (t->provisional ? a->cfg.t_hist : a->cfg.t_max) ||
	    (!t->provisional && t->repeated >= a->cfg.max_retransmissions)) {
		a->n.gave_up++;
		finish(t, NULL);
		return;
	}
	t->repeated++;
	a->n.retransmissions++;
	if (t->provisional)
		arm(t, a->cfg.longtran);
	else
		arm(t, twice / 2 + roll(a) % (twice / 2 + 1));
	out(a, t->text, t->len);
}

/* K for answers not yet confirmed, younger than T-HIST (3.2.2.1): the list in buf, or NULL. */
static const char *ack_list(struct mgcp_agent *a, char *buf, size_t size)
{
	uint64_t now = mgcp_now();
	size_t len = 0;

	for (unsigned int i = 0; i < a->n_acks; i++)
		if (now - a->acks[i].at < a->cfg.t_hist)
			len += snprintf(buf + len, size - len, "%s%u", len ? ", " : "",
					a->acks[i].tid);
	a->n_acks = 0;
	return len ? buf : NULL;
}

/* Writes cmd with the next identifier into the agent's buffer. */
static int write_command(struct mgcp_agent *a, const struct mgcp_msg *cmd, uint32_t tid)
{
	char acks[MGCP_MAX_PENDING_ACKS * 11 + 1];
	struct mgcp_msg m = *cmd;

	m.tid = tid;
	if (a->n_acks)
		mgcp_add(&m, MGCP_P_K, ack_list(a, acks, sizeof(acks)));
	return mgcp_encode(a->buf, sizeof(a->buf), &m);
}

int mgcp_agent_request(struct mgcp_transaction **ret_transaction, struct mgcp_agent *a,
		       const struct mgcp_msg *cmd, mgcp_done_cb *done, void *done_ctx)
{
	struct mgcp_transaction *t;
	uint32_t tid;
	int len;

	if (a->outstanding >= a->cfg.max_transactions)
		return -EBUSY;
	tid = take_tid(a);
	len = write_command(a, cmd, tid);
	if (len < 0)
		return len;
	t = talloc_size(a, sizeof(*t) + len);
	if (!t)
		return -ENOMEM;
	*t = (struct mgcp_transaction){
		.agent = a, .done = done, .done_ctx = done_ctx, .tid = tid, .len = len,
	};
	t->first_us = mgcp_now_us();
	memcpy(t->text, a->buf, len);
	hash_add(a->by_tid, &t->node, tid);
	a->outstanding++;
	a->n.commands++;
	osmo_timer_setup(&t->timer, expired, t);
	arm(t, mgcp_agent_rto(a));
	if (ret_transaction)
		*ret_transaction = t;
	out(a, t->text, t->len);
	return 0;
}

int mgcp_agent_tell(struct mgcp_agent *a, const struct mgcp_msg *cmd)
{
	int len = write_command(a, cmd, take_tid(a));

	if (len < 0)
		return len;
	a->n.commands++;
	out(a, a->buf, len);
	return 0;
}

/* A final answer with an empty K wants to be acknowledged, each time it comes (3.5.6). */
static void acknowledge(struct mgcp_agent *a, const struct mgcp_msg *rsp)
{
	const struct mgcp_text *k = mgcp_find(rsp, MGCP_P_K);
	struct mgcp_msg ack;

	if (k && !k->len) {
		ack = mgcp_response(0, rsp->tid, NULL);
		answer_text(a, &ack);
	}
}

static void rx_response(struct mgcp_agent *a, const struct mgcp_msg *rsp)
{
	struct mgcp_transaction *t = find(a, rsp->tid);

	if (rsp->code < 100)
		return;		/* 000: we send no answers that ask for it */
	if (rsp->code >= 200)
		acknowledge(a, rsp);
	if (!t) {
		a->n.orphans++;
		return;
	}
	if (rsp->code < 200) {
		a->n.provisional++;
		t->provisional = true;
		arm(t, a->cfg.longtran);
		return;
	}
	measure(a, t);
	a->n.answered++;
	a->n.failures += rsp->code >= 300;
	if (a->cfg.acknowledge && !t->provisional && a->n_acks < MGCP_MAX_PENDING_ACKS)
		a->acks[a->n_acks++] = (struct ack){ rsp->tid, mgcp_now() };
	finish(t, rsp);
}

static uint16_t do_command(struct mgcp_agent *a, const struct mgcp_msg *cmd)
{
	for (unsigned int i = 0; i < cmd->n_params; i++)
		if (cmd->params[i].id == MGCP_P_VENDOR && cmd->params[i].name.p[1] == '+')
			return 511;
	return a->user.command ? a->user.command(a->user.ctx, cmd) : 504;
}

static void rx_command(struct mgcp_agent *a, const struct mgcp_msg *cmd)
{
	const struct mgcp_text *k = mgcp_find(cmd, MGCP_P_K);
	struct mgcp_msg rsp;
	uint16_t code;

	a->n.commands_in++;
	if (k)
		mgcp_history_confirmed(a->history, k);
	if (mgcp_history_seen(a->history, cmd, &code)) {
		a->n.duplicates++;
		if (!code)
			return;
	} else {
		code = do_command(a, cmd);
		mgcp_history_put(a->history, cmd, code);
	}
	rsp = mgcp_response(code, cmd->tid, code == 200 ? "OK" : mgcp_code(code)->text);
	answer_text(a, &rsp);
}

static void rx_malformed(struct mgcp_agent *a, const struct mgcp_msg *m, const struct mgcp_fault *f)
{
	struct mgcp_msg rsp;

	a->n.malformed++;
	if (m->response || !m->tid)
		return;
	rsp = mgcp_response(f->code ? f->code : 510, m->tid, f->why);
	answer_text(a, &rsp);
}

void mgcp_agent_rx(struct mgcp_agent *a, const char *buf, size_t len)
{
	struct mgcp_rd rd = mgcp_rd(buf, len);
	struct mgcp_fault f;
	struct mgcp_msg m;
	int rc;

	a->n.received++;
	while ((rc = mgcp_decode(&m, &rd, &f)) != 0) {
		if (rc < 0)
			rx_malformed(a, &m, &f);
		else if (m.response)
			rx_response(a, &m);
		else
			rx_command(a, &m);
	}
}

unsigned int mgcp_agent_outstanding(const struct mgcp_agent *a)
{
	return a->outstanding;
}

const struct mgcp_agent_counters *mgcp_agent_counters(const struct mgcp_agent *a)
{
	return &a->n;
}
