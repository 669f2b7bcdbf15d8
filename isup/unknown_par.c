/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parameters that the dialect does not know, and what the peer asks to be done with them
 * (Q.764 2.9.5.3).
 *
 * Without instructions, or with those of a transit exchange, they stay in the message: what lies
 * behind us (SIP-T, another trunk) may know them. Instructions for an end node are followed here,
 * whoever is behind us. */
#include "isup/dialect.h"
#include "isup/processes.h"

enum { UNKNOWN_DISCARDED = 99, UNKNOWN_PASSED_ON = 103, UNKNOWN_MESSAGE_DISCARDED = 110 };

/* Confusion is not reported about a release, nor about confusion itself. */
static bool may_report(uint8_t type)
{
	return type != ISUP_MT_REL && type != ISUP_MT_RLC && type != ISUP_MT_CFN;
}

/* Follow the instructions for one parameter; false when the message goes no further. */
static bool follow(struct isup_circuit *c, struct isup_msg *m, uint8_t code,
		   const struct isup_par_compat *todo)
{
	bool over = todo->release || todo->discard_message;
	uint8_t report = UNKNOWN_PASSED_ON;

	LOG_BAD(c, m->type, "%s has the unknown parameter 0x%02x, instructions%s%s%s",
		    isup_mt_name(m->dialect, m->type), code, todo->release ? " release" : "",
		    todo->discard_message ? " discard message" : "",
		    todo->discard ? " discard" : "");
	/* a release is never refused */
	if (todo->release && may_report(m->type)) {
		isup_confusion_release(c, m->type, UNKNOWN_DISCARDED, code);
		return false;
	}
	if (over)
		report = UNKNOWN_MESSAGE_DISCARDED;
	else if (todo->discard)
		report = UNKNOWN_DISCARDED;
	if (todo->notify && may_report(m->type))
		isup_confusion_cfn(c, report, code);
	if (todo->discard || over)
		isup_del(m, code);
	return !over || !may_report(m->type);
}

/* false: nothing is left to be done with this message. */
bool isup_unknown_par_rx(struct isup_circuit *c, struct isup_msg *m)
{
	unsigned int i = 0;

	if (!isup_has(m, ISUP_P_PARAMETER_COMPAT))
		return true;
	while (i < m->n_pars) {
		uint8_t code = m->par[i].code, n = m->n_pars;
		struct isup_par_compat todo;
		bool known = isup_par_row(m->dialect, code) != NULL;

		if (!known && isup_par_compat(m, code, &todo) && todo.end_node &&
		    !follow(c, m, code, &todo))
			return false;
		/* a parameter that is gone has left its place to the next one */
		i += m->n_pars == n;
	}
	return true;
}
