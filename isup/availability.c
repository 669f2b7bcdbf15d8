/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is there an ISUP at the other end? User part availability control (Q.764 2.13).
 *
 * While it is away no circuit is hunted; calls that are up stay. It is asked by UPT every T4, and
 * is there again when anything at all comes from it. An exchange that has no ISUP equipped is not
 * asked. A dialect without UPT tries it again after T4: MTP says when there is still nobody. */
#include "isup/dialect.h"
#include "isup/peer.h"
#include "isup/processes.h"

enum { T4_DEFAULT_S = 300 };

static bool can_ask(const struct isup_peer *p)
{
	return isup_mt_row(isup_peer_group(p)->cfg.dialect, ISUP_MT_UPT) != NULL;
}

static void ask(struct isup_peer *p)
{
	const struct osmo_tdef *tdefs = isup_peer_group(p)->tdefs;
	struct isup_msg upt;

	osmo_timer_schedule(&p->t4, osmo_tdef_get(tdefs, 4, OSMO_TDEF_S, T4_DEFAULT_S), 0);
	if (!can_ask(p))
		return;
	/* it belongs to no circuit: its CIC is zero */
	isup_init(&upt, isup_peer_group(p)->cfg.dialect, ISUP_MT_UPT, 0);
	isup_peer_send(p, &upt);
}

static void on_t4(void *data)
{
	struct isup_peer *p = data;

	if (!can_ask(p)) {
		isup_user_heard(p);
		return;
	}
	LOG_PEER(p, LOGL_NOTICE, "peer %u: still no ISUP there\n", p->dpc);
	ask(p);
}

/* Further indications change nothing while T4 runs. */
void isup_user_lost(struct isup_peer *p, enum isup_user_cause cause)
{
	if (p->user_away || p->paused)
		return;
	LOG_PEER(p, LOGL_NOTICE, "peer %u: no ISUP there%s, no new calls\n", p->dpc,
		 cause == ISUP_USER_UNEQUIPPED ? " (unequipped)" : "");
	p->user_away = true;
	osmo_timer_setup(&p->t4, on_t4, p);
	if (cause != ISUP_USER_UNEQUIPPED)
		ask(p);
}

void isup_user_heard(struct isup_peer *p)
{
	if (!p->user_away)
		return;
	LOG_PEER(p, LOGL_NOTICE, "peer %u: ISUP is there again\n", p->dpc);
	isup_user_forget(p);
}

/* Without a word: the way to it is lost, or the stack ends. */
void isup_user_forget(struct isup_peer *p)
{
	p->user_away = false;
	osmo_timer_del(&p->t4);
}
