/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The peer is there again: what was said into the void is said again, so many at a time that MTP's
 * queue has room for them and for the calls. */
#include "isup/processes.h"

enum { BURST = 128, PAUSE_MS = 40 };

/* A GRS is its first circuit's. */
static bool leads(const struct isup_circuit *c)
{
	const struct isup_circuit *before = isup_peer_circuit(c->group->peer, c->cic - 1u);

	return !before || before->cgrs != c->cgrs;
}

static unsigned int say(struct osmo_fsm_inst *fi)
{
	if (fi)
		isup_repeat_again(fi);
	return fi != NULL;
}

/* How many messages that was, at most. */
static unsigned int say_again(struct isup_circuit *c)
{
	unsigned int n = say(c->release) + say(c->crs) + say(c->bls);

	return c->cgrs && leads(c) ? n + say(c->cgrs) : n;
}

static void some(struct isup_peer *p)
{
	struct isup_circuit *c = isup_peer_next(p, p->resume_from);
	unsigned int n = 0;

	for (; c && n < BURST; c = isup_peer_next(p, p->resume_from)) {
		p->resume_from = c->cic + 1u;
		n += say_again(c);
	}
	if (c)
		osmo_timer_schedule(&p->resuming, 0, PAUSE_MS * 1000);
}

static void on_timer(void *data)
{
	some(data);
}

void isup_resume_start(struct isup_peer *p)
{
	osmo_timer_setup(&p->resuming, on_timer, p);
	p->resume_from = 0;
	some(p);
}

/* The peer is lost again, or the stack ends. */
void isup_resume_stop(struct isup_peer *p)
{
	osmo_timer_del(&p->resuming);
}
