/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A call on a circuit runs the steps of its block, one after the other, until one must wait. */
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

#include <osmocom/core/utils.h>

#include "gw/exchange/circuit.h"
#include "gw/exchange/control.h"
#include "gw/exchange/mischief.h"

enum { MAX_STEPS_WITHOUT_WAITING = 1000 };

/* The expect that a row of optional messages leads to, or the step itself. */
static const struct scn_step *behind_optionals(const struct scn_step *step)
{
	while (step->op == SCN_OPTIONAL)
		step++;
	return step;
}

static void call_end(struct circuit *c, const char *why)
{
	struct exchange *x = c->x;
	struct direction *d = c->state == CCT_OUT ? &x->stats.out : &x->stats.in;
	const struct scn_step *step = behind_optionals(&c->block->steps[c->pc]);

	osmo_timer_del(&c->timer);
	if (why) {
		d->failed++;
		if (x->stats.told++ < XCH_MAX_FAILURES && !x->cfg.quiet)
			fprintf(x->cfg.err, "call %" PRIu64 " cic %u: %s: %s:%u: %s: %s\n",
				c->call.id, c->cic, c->block->name, c->block->file, step->line,
				step->text, why);
	} else {
		d->ok++;
	}
	if (c->state == CCT_OUT && c->call.counted)
		x->load.active--;
	control_call_ended(c, why);
	if (c->busy)
		circuit_clear(c, why ? 31 : 16);
	else
		circuit_cleared(c);
}

void call_failed(struct circuit *c, enum failure why, const char *fmt, ...)
{
	char text[256];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	c->x->stats.failures[why]++;
	call_end(c, text);
}

/* Wait at this step. */
static void sleep_ms(struct circuit *c, uint32_t ms)
{
	c->t_step = exchange_now();
	if (ms != SCN_FOREVER)
		osmo_timer_schedule(&c->timer, ms / 1000, ms % 1000 * 1000);
}

static void send_step(struct circuit *c, const struct scn_step *step, int *ret_rc)
{
	*ret_rc = exchange_send_message(c, step->message);
	if (*ret_rc < 0)
		call_failed(c, FAIL_SEND, "not sent: %s", strerror(-*ret_rc));
}

static void jump(struct circuit *c, uint16_t target)
{
	c->pc = target;
}

/* One step. True: go on with the next; false: the call waits or has ended. */
static bool run_step(struct circuit *c, const struct scn_step *step)
{
	int rc;

	switch (step->op) {
	case SCN_SEND:
	case SCN_SEND_RAW:
		send_step(c, step, &rc);
		if (rc < 0)
			return false;
		c->pc++;
		return true;
	case SCN_WAIT:
	case SCN_SILENCE:
		sleep_ms(c, step->ms);
		return false;
	case SCN_EXPECT:
	case SCN_OPTIONAL:
		sleep_ms(c, behind_optionals(step)->ms);
		return false;
	case SCN_GOTO:
		jump(c, step->target);
		return true;
	case SCN_MISCHIEF:
		mischief_arm(c->x, step->mischief);
		c->pc++;
		return true;
	case SCN_REPEAT:
		if (c->repeats[step->slot]++ < step->count) {
			jump(c, step->target);
		} else {
			c->repeats[step->slot] = 0;
			c->pc++;
		}
		return true;
	case SCN_DO:
		c->block = step->block;
		c->pc = 0;
		memset(c->repeats, 0, sizeof(c->repeats));
		return true;
	case SCN_FAIL:
		call_failed(c, FAIL_SCENARIO, "%s", step->text);
		return false;
	case SCN_DONE:
		call_end(c, NULL);
		return false;
	}
	return false;
}

static void call_run(struct circuit *c)
{
	unsigned int i;

	c->unmet = NULL;
	osmo_timer_del(&c->timer);
	for (i = 0; i < MAX_STEPS_WITHOUT_WAITING; i++)
		if (!run_step(c, &c->block->steps[c->pc]))
			return;
	call_failed(c, FAIL_SCENARIO, "the scenario goes round without waiting");
}

static void timer_cb(void *data)
{
	call_timeout(data);
}

void call_timeout(struct circuit *c)
{
	const struct scn_step *step;

	if (c->state == CCT_CLEARING) {
		circuit_clear(c, 31);
		return;
	}
	step = behind_optionals(&c->block->steps[c->pc]);
	if (step->op == SCN_EXPECT && !step->has_target) {
		call_failed(c, FAIL_TIMEOUT, "did not come within %u ms", step->ms);
		return;
	}
	if (step->op == SCN_EXPECT)
		jump(c, step->target);
	else
		c->pc++;
	call_run(c);
}

static void note_time(struct stats *s)
{
	s->t_last = exchange_now();
	if (!s->t_first)
		s->t_first = s->t_last;
}

/* A fresh call in c. */
static void begin(struct circuit *c, enum circuit_state state, const struct scn_block *block)
{
	circuit_take(c, state);
	note_time(&c->x->stats);
	c->block = block;
	c->pc = 0;
	memset(c->repeats, 0, sizeof(c->repeats));
	c->busy = c->rel_sent = c->heard = c->acm = c->answered = false;
	c->unmet = NULL;
	osmo_timer_setup(&c->timer, timer_cb, c);
}

int call_place(struct exchange *x, const struct attempt *a, struct circuit **ret_circuit)
{
	struct circuit *c = circuit_pick(x);

	if (!c)
		return -EBUSY;
	if (ret_circuit)
		*ret_circuit = c;
	return call_place_on(c, a);
}

int call_place_on(struct circuit *c, const struct attempt *a)
{
	if (c->state != CCT_IDLE)
		return -EBUSY;
	c->call = *a;
	begin(c, CCT_OUT, a->block);
	c->x->stats.out.attempted++;
	if (a->counted)
		c->x->load.active++;
	call_run(c);
	return 0;
}

static void take_number(char *digits, uint8_t *nai, const struct isup_msg *m, uint8_t code)
{
	struct isup_number n;

	digits[0] = '\0';
	*nai = 0;
	if (!isup_get(m, code, &n))
		return;
	osmo_strlcpy(digits, n.digits, ISUP_MAX_DIGITS + 1);
	*nai = n.nai;
}

void call_incoming(struct circuit *c, const struct scn_block *block, const struct isup_msg *m)
{
	c->call = (struct attempt){ .block = block, .id = c->x->next_id++ };
	take_number(c->call.called, &c->call.called_nai, m, ISUP_P_CALLED);
	take_number(c->call.calling, &c->call.calling_nai, m, ISUP_P_CALLING);
	begin(c, CCT_IN, block);
	c->busy = m->type == ISUP_MT_IAM;
	c->x->stats.in.attempted++;
	call_run(c);
}

void call_do(struct circuit *c, const struct scn_block *block)
{
	c->block = block;
	c->pc = 0;
	memset(c->repeats, 0, sizeof(c->repeats));
	call_run(c);
}

/* The step that m is for, searched from the step the call waits at; NULL when there is none. */
static const struct scn_step *step_for(struct circuit *c, const struct isup_msg *m)
{
	const struct scn_step *step = &c->block->steps[c->pc];
	const char *unmet;

	for (;; step++) {
		if (step->op != SCN_OPTIONAL && step->op != SCN_EXPECT)
			return NULL;
		if (scn_matches(step->match, m, &unmet))
			return step;
		if (unmet)
			c->unmet = unmet;
		if (step->op == SCN_EXPECT)
			return NULL;
	}
}

static const struct scn_handler *handler_for(const struct circuit *c, const struct isup_msg *m)
{
	unsigned int i;

	for (i = 0; i < c->block->n_handlers; i++)
		if (scn_matches(&c->block->handlers[i].match, m, NULL))
			return &c->block->handlers[i];
	return NULL;
}

bool call_wants(struct circuit *c, const struct isup_msg *m)
{
	return step_for(c, m) || handler_for(c, m);
}

static void handle(struct circuit *c, const struct scn_handler *h, const struct isup_msg *m)
{
	switch (h->action) {
	case AT_DONE:
		call_end(c, NULL);
		break;
	case AT_FAIL:
		call_unexpected(c, m);
		break;
	case AT_IGNORE:
		break;
	case AT_GOTO:
		jump(c, h->target);
		call_run(c);
		break;
	}
}

bool call_rx(struct circuit *c, const struct isup_msg *m)
{
	const struct scn_handler *h;
	const struct scn_step *step;

	if (c->block->steps[c->pc].op == SCN_SILENCE)
		return true;
	step = step_for(c, m);
	if (step && step->op == SCN_OPTIONAL)
		return true;
	if (step && exchange_now() - c->t_step < step->min_ms * 1000ULL) {
		call_failed(c, FAIL_TIMEOUT, "%s came after %u ms, before its time",
			    isup_mt_name(m->dialect, m->type),
			    (unsigned int)((exchange_now() - c->t_step) / 1000));
		return true;
	}
	if (step) {
		c->pc = step - c->block->steps + 1;
		call_run(c);
		return true;
	}
	h = handler_for(c, m);
	if (h) {
		handle(c, h, m);
		return true;
	}
	/* both released at once (Q.764 2.3.1): each answers the other's REL, and the RLC for ours
	 * is still to come */
	return m->type == ISUP_MT_REL && c->rel_sent;
}

void call_unexpected(struct circuit *c, const struct isup_msg *m)
{
	const char *name = isup_mt_name(m->dialect, m->type);
	struct isup_cause cause = { 0 };

	if (m->type == ISUP_MT_RSC || m->type == ISUP_MT_GRS) {
		call_failed(c, FAIL_RESET, "%s came", name);
	} else if (c->unmet) {
		call_failed(c, FAIL_CONDITION, "%s came without %s", name, c->unmet);
	} else if (m->type == ISUP_MT_REL && isup_get(m, ISUP_P_CAUSE, &cause)) {
		call_failed(c, FAIL_RELEASED, "REL came, cause %u %s", cause.value,
			  isup_cause_name(cause.value));
	} else {
		c->x->stats.unexpected++;
		call_failed(c, FAIL_UNEXPECTED, "%s came", name);
	}
}

void call_yield(struct circuit *c)
{
	struct exchange *x = c->x;

	x->stats.dual_lost++;
	if (x->stopping || x->load.n_again == x->n_circuits) {
		c->busy = false;
		call_failed(c, FAIL_CIRCUIT, "circuit lost in dual seizure");
		return;
	}
	osmo_timer_del(&c->timer);
	x->stats.out.attempted--;
	if (c->call.counted)
		x->load.active--;
	x->load.again[x->load.n_again++] = c->call;
	circuit_cleared(c);
}
