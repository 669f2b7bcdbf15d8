/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages that are repeated until they are acknowledged; see isup/repeat.h. */
#include "isup/processes.h"

static void long_cb(void *data)
{
	osmo_fsm_inst_dispatch(data, ISUP_REPEAT_EV_LONG, NULL);
}

void isup_repeat_init(struct osmo_fsm_inst *fi, const struct isup_repeat_ops *ops,
		      struct isup_peer *peer)
{
	struct isup_repeat *r = fi->priv;

	r->ops = ops;
	r->peer = peer;
	osmo_timer_setup(&r->t, long_cb, fi);
}

void isup_repeat_start(struct osmo_fsm_inst *fi, unsigned long seconds)
{
	struct isup_repeat *r = fi->priv;

	r->late = false;
	osmo_timer_schedule(&r->t, seconds, 0);
}

void isup_repeat_again(struct osmo_fsm_inst *fi)
{
	if (isup_process_takes(fi, ISUP_REPEAT_EV_AGAIN))
		osmo_fsm_inst_dispatch(fi, ISUP_REPEAT_EV_AGAIN, NULL);
}

void isup_repeat_forget(struct isup_repeat *r)
{
	osmo_timer_del(&r->t);
	isup_window_leave(r);
}

void isup_repeat_action(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	struct isup_repeat *r = fi->priv;

	switch (event) {
	case ISUP_REPEAT_EV_LONG:
		r->late = true;
		r->ops->expired(fi);
		break;
	case ISUP_REPEAT_EV_AGAIN:
		r->ops->say(fi, fi->state);
		break;
	default:
		r->ops->acknowledged(fi, data);
	}
}

int isup_repeat_timer_cb(struct osmo_fsm_inst *fi)
{
	struct isup_repeat *r = fi->priv;

	if (r->late) {
		r->ops->expired(fi);
		return 0;
	}
	r->ops->say(fi, fi->state);
	/* who is silent must not keep the others waiting */
	isup_window_close(r);
	return 0;
}

void isup_repeat_cleanup(struct osmo_fsm_inst *fi, enum osmo_fsm_term_cause cause)
{
	isup_repeat_forget(fi->priv);
}
