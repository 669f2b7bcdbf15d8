/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Circuits that two exchanges see differently: the table of what is done; see isup/mismatch.h. */
#include <stdio.h>

#include "isup/mismatch.h"

/* Octet of Q.763 3.14: bits BA blocking for maintenance, DC call, FE blocking for hardware. */
enum { LOCAL = 1, REMOTE = 2, CALL_SHIFT = 2, HARDWARE_SHIFT = 4 };
enum { CODE_TRANSIENT = 0, CODE_IN = 1, CODE_OUT = 2, CODE_IDLE = 3, CODE_UNEQUIPPED = 3 };

static const uint8_t call_codes[ISUP_CCT_CALLS] = {
	[ISUP_CCT_BUSY_IN] = CODE_IN,
	[ISUP_CCT_BUSY_OUT] = CODE_OUT,
	[ISUP_CCT_AT_REST] = CODE_IDLE,
};

bool isup_cct_view(struct isup_cct_view *ret, uint8_t octet)
{
	uint8_t code = octet >> CALL_SHIFT & 3, hardware = octet >> HARDWARE_SHIFT;
	enum isup_cct_call call;

	*ret = (struct isup_cct_view){ .call = ISUP_CCT_TRANSIENT };
	if (!code) {
		if ((octet & 3) == CODE_UNEQUIPPED)
			ret->call = ISUP_CCT_UNEQUIPPED;
		return (octet & 3) == CODE_UNEQUIPPED || (octet & 3) == CODE_TRANSIENT;
	}
	for (call = ISUP_CCT_BUSY_IN; call_codes[call] != code; call++)
		;
	ret->call = call;
	ret->local_blocked = octet & LOCAL;
	ret->remote_blocked = octet & REMOTE;
	if (call != ISUP_CCT_AT_REST)
		return true;
	ret->local_failed = hardware & LOCAL;
	ret->remote_failed = hardware & REMOTE;
	return true;
}

uint8_t isup_cct_octet(const struct isup_cct_view *v)
{
	uint8_t octet;

	if (v->call == ISUP_CCT_TRANSIENT)
		return CODE_TRANSIENT;
	if (v->call == ISUP_CCT_UNEQUIPPED)
		return CODE_UNEQUIPPED;
	octet = call_codes[v->call] << CALL_SHIFT;
	octet |= (v->local_blocked ? LOCAL : 0) | (v->remote_blocked ? REMOTE : 0);
	if (v->call != ISUP_CCT_AT_REST)
		return octet;
	return octet | ((v->local_failed ? LOCAL : 0) | (v->remote_failed ? REMOTE : 0))
			       << HARDWARE_SHIFT;
}

int isup_cct_text(char *buf, size_t size, uint8_t octet)
{
	static const char *const calls[ISUP_CCT_CALLS] = {
		[ISUP_CCT_TRANSIENT] = "transient",
		[ISUP_CCT_UNEQUIPPED] = "unequipped",
		[ISUP_CCT_BUSY_IN] = "incoming",
		[ISUP_CCT_BUSY_OUT] = "outgoing",
		[ISUP_CCT_AT_REST] = "idle",
	};
	struct isup_cct_view v;

	if (!isup_cct_view(&v, octet))
		return snprintf(buf, size, "spare value %u", octet);
	return snprintf(buf, size, "%s%s%s%s%s", calls[v.call],
			v.local_blocked ? ", locally blocked" : "",
			v.remote_blocked ? ", remotely blocked" : "",
			v.local_failed ? ", local failure" : "",
			v.remote_failed ? ", remote failure" : "");
}

/* Calls: ours, theirs. A call is seen from both ends when it comes in at one and goes out at the
 * other. What is transient has a process with timers, which ends it. */
static const uint8_t calls[ISUP_CCT_CALLS][ISUP_CCT_CALLS] = {
	[ISUP_CCT_TRANSIENT] = {
		[ISUP_CCT_UNEQUIPPED] = ISUP_CURE_UNEQUIP,
	},
	[ISUP_CCT_UNEQUIPPED] = {	/* the peer has it again */
		[ISUP_CCT_BUSY_IN] = ISUP_CURE_RESET,
		[ISUP_CCT_BUSY_OUT] = ISUP_CURE_RESET,
		[ISUP_CCT_AT_REST] = ISUP_CURE_RESET,
	},
	[ISUP_CCT_BUSY_IN] = {
		[ISUP_CCT_UNEQUIPPED] = ISUP_CURE_UNEQUIP,
		[ISUP_CCT_BUSY_IN] = ISUP_CURE_RESET,
		[ISUP_CCT_AT_REST] = ISUP_CURE_RELEASE,
	},
	[ISUP_CCT_BUSY_OUT] = {
		[ISUP_CCT_UNEQUIPPED] = ISUP_CURE_UNEQUIP,
		[ISUP_CCT_BUSY_OUT] = ISUP_CURE_RESET,
		[ISUP_CCT_AT_REST] = ISUP_CURE_RELEASE,
	},
	[ISUP_CCT_AT_REST] = {
		[ISUP_CCT_UNEQUIPPED] = ISUP_CURE_UNEQUIP,
		[ISUP_CCT_BUSY_IN] = ISUP_CURE_RESET,
		[ISUP_CCT_BUSY_OUT] = ISUP_CURE_RESET,
	},
};

static bool says_blocking(const struct isup_cct_view *v)
{
	return v->call != ISUP_CCT_TRANSIENT && v->call != ISUP_CCT_UNEQUIPPED;
}

/* Who blocks a circuit decides: what the peer says of itself is adopted, what it says of us is put
 * right. */
static unsigned int blocking(const struct isup_cct_view *ours, const struct isup_cct_view *theirs)
{
	unsigned int cure = 0;

	if (ours->remote_blocked != theirs->local_blocked)
		cure |= ISUP_CURE_ADOPT_BLOCKED;
	if (ours->local_blocked != theirs->remote_blocked)
		cure |= ISUP_CURE_SAY_BLOCKED;
	if (theirs->call != ISUP_CCT_AT_REST || ours->call != ISUP_CCT_AT_REST)
		return cure;
	if (ours->remote_failed != theirs->local_failed)
		cure |= ISUP_CURE_ADOPT_FAILED;
	if (ours->local_failed != theirs->remote_failed)
		cure |= ISUP_CURE_SAY_FAILED;
	return cure;
}

unsigned int isup_mismatch(const struct isup_cct_view *ours, const struct isup_cct_view *theirs)
{
	unsigned int cure = calls[ours->call][theirs->call];

	/* a reset makes both known anew */
	if (cure & (ISUP_CURE_UNEQUIP | ISUP_CURE_RESET))
		return cure;
	if (says_blocking(ours) && says_blocking(theirs))
		cure |= blocking(ours, theirs);
	return cure;
}

int isup_mismatch_text(char *buf, size_t size, unsigned int cure)
{
	return snprintf(buf, size, "%s%s%s%s%s%s%s",
			cure & ISUP_CURE_UNEQUIP ? " the peer does not have it" : "",
			cure & ISUP_CURE_RESET ? " the calls do not fit: RSC" : "",
			cure & ISUP_CURE_RELEASE ? " the peer has no call: REL" : "",
			cure & ISUP_CURE_ADOPT_BLOCKED ? " the peer's blocking is adopted" : "",
			cure & ISUP_CURE_ADOPT_FAILED ? " the peer's failure is adopted" : "",
			cure & ISUP_CURE_SAY_BLOCKED ? " our blocking is said again" : "",
			cure & ISUP_CURE_SAY_FAILED ? " our failure is said again" : "");
}
