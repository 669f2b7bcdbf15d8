/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instructions for what is not known, as verdicts (Q.764 2.9.5.2, 2.9.5.3). */
#include "isup/unknown.h"

/* Q.763 3.41, bits GF, when it cannot be passed on */
enum { NOT_PASSED_RELEASE, NOT_PASSED_DISCARD_MESSAGE, NOT_PASSED_DISCARD };

struct isup_unknown isup_judge_message(const struct isup_message_compat *todo, bool type_a,
					 bool can_pass)
{
	struct isup_unknown u = { .verdict = ISUP_VERDICT_DISCARD, .cause = ISUP_CAUSE_MESSAGE };
	bool ours = todo && (type_a || todo->end_node);

	u.notify = !todo || (ours && todo->notify);
	if (!todo || (ours && todo->discard && !todo->release))
		return u;
	if (ours && todo->release)
		u.verdict = ISUP_VERDICT_RELEASE;
	else if (can_pass)
		u.verdict = ISUP_VERDICT_PASS_ON;
	else if (!todo->pass_on)
		u.verdict = ISUP_VERDICT_RELEASE;
	return u;
}

/* It cannot be passed on. */
static enum isup_verdict not_passed(const struct isup_par_compat *todo)
{
	switch (todo->pass_on) {
	case NOT_PASSED_DISCARD_MESSAGE:
		return ISUP_VERDICT_DISCARD_MESSAGE;
	case NOT_PASSED_DISCARD:
		return ISUP_VERDICT_DISCARD;
	}
	return ISUP_VERDICT_RELEASE;	/* 3 is reserved and means it, too */
}

static enum isup_verdict verdict(const struct isup_par_compat *todo, bool type_a)
{
	if (!type_a && !todo->end_node)
		return ISUP_VERDICT_PASS_ON;
	if (todo->release)
		return ISUP_VERDICT_RELEASE;
	if (todo->discard_message)
		return ISUP_VERDICT_DISCARD_MESSAGE;
	if (todo->discard)
		return ISUP_VERDICT_DISCARD;
	return type_a ? not_passed(todo) : ISUP_VERDICT_PASS_ON;
}

struct isup_unknown isup_judge_parameter(const struct isup_par_compat *todo, bool type_a)
{
	static const uint8_t causes[] = {
		[ISUP_VERDICT_PASS_ON] = ISUP_CAUSE_PASSED_ON,
		[ISUP_VERDICT_DISCARD] = ISUP_CAUSE_PARAMETER,
		[ISUP_VERDICT_DISCARD_MESSAGE] = ISUP_CAUSE_DISCARDED,
		[ISUP_VERDICT_RELEASE] = ISUP_CAUSE_PARAMETER,
	};
	struct isup_unknown u = {};

	if (todo)
		u.verdict = verdict(todo, type_a);
	else
		u.verdict = type_a ? ISUP_VERDICT_DISCARD : ISUP_VERDICT_PASS_ON;
	u.cause = causes[u.verdict];
	if (todo)
		u.notify = todo->notify && (type_a || todo->end_node);
	else
		u.notify = type_a;
	return u;
}
