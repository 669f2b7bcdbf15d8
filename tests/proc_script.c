/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Test bed of the ISUP processes: the words of scripts; see proc_bed.h. */
#include <check.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/utils.h>

#include "isup/compat.h"
#include "isup/maintenance.h"
#include "isup/overlap.h"
#include "isup/seizure.h"
#include "isup/suspend.h"
#include "isup/unknown.h"
#include "tests/proc_bed.h"

void bed_receive(struct bed *b, unsigned int cic, const uint8_t *octets, size_t len)
{
	uint8_t sdu[128] = { cic & 0xff, cic >> 8 };

	memcpy(sdu + 2, octets, len);
	isup_transfer_ind(b->stack, NULL, b->dpc, b->opc, 2, sdu, len + 2);
}

static void word_to_msg(struct isup_msg *m, const struct isup_dialect *d, const char *word)
{
	uint8_t buf[128] = {};
	int n = bed_word_octets(word, buf + 2, sizeof(buf) - 2);

	ck_assert_msg(n > 0, "no such word: %s", word);
	ck_assert_int_eq(isup_decode_unknown(m, d, buf, n + 2, NULL), 0);
}

/* Seize one certain circuit by hunting until it comes. */
static void do_hunt(struct bed *b, unsigned int cic)
{
	struct isup_circuit *got[BED_CICS];
	unsigned int n = 0;
	int rc;

	do {
		rc = isup_group_hunt(&got[n], b->berlin);
	} while (rc == 0 && isup_circuit_cic(got[n++]) != cic);
	if (rc == 0)
		b->seized[cic] = got[--n];
	else
		bed_result(b, cic, rc);
	while (n--)
		isup_circuit_unseize(got[n]);
}

static void do_unseize(struct bed *b, unsigned int cic)
{
	isup_circuit_unseize(b->seized[cic]);
	b->seized[cic] = NULL;
}

static void setup(struct bed *b, unsigned int cic, const char *word)
{
	struct bed_user *u;
	struct isup_call *call;
	struct isup_msg iam;
	int rc;

	if (!b->seized[cic])
		do_hunt(b, cic);
	if (!b->seized[cic])
		return;
	u = bed_user(b, cic);
	word_to_msg(&iam, b->dialect, word);
	rc = isup_call_setup(&call, b->seized[cic], &iam, &bed_call_ops, u);
	if (rc < 0) {
		bed_result(b, cic, rc);
		do_unseize(b, cic);
		return;
	}
	b->call[cic] = call;
	b->user[cic] = u;
	b->seized[cic] = NULL;
}

static void do_setup(struct bed *b, unsigned int cic)
{
	setup(b, cic, b->flags & BED_ANSI ? "IAMA" : "IAM");
}
static void do_setupc(struct bed *b, unsigned int cic) { setup(b, cic, "IAMC"); }
static void do_test(struct bed *b, unsigned int cic)
{
	bed_result(b, cic, isup_continuity_test(bed_circuit(b, cic)));
}

static void do_looped(struct bed *b, unsigned int cic)
{
	isup_continuity_ind(bed_circuit(b, cic), ISUP_CONTINUITY_LOOPED);
}
static void do_passed(struct bed *b, unsigned int cic)
{
	isup_continuity_ind(bed_circuit(b, cic), ISUP_CONTINUITY_PASSED);
}
static void do_failed(struct bed *b, unsigned int cic)
{
	isup_continuity_ind(bed_circuit(b, cic), ISUP_CONTINUITY_FAILED);
}
static void do_unable(struct bed *b, unsigned int cic)
{
	isup_continuity_ind(bed_circuit(b, cic), ISUP_CONTINUITY_UNABLE);
}
static void do_setup_cgpn(struct bed *b, unsigned int cic) { setup(b, cic, "IAMN"); }
static void do_setup_uui(struct bed *b, unsigned int cic) { setup(b, cic, "IAMU"); }

static void do_status(struct bed *b, unsigned int cic)
{
	struct isup_circuit_status st;

	isup_circuit_status(&st, bed_circuit(b, cic));
	bed_note(b, cic, "%s%s%s%s%s%s%s%s", isup_circuit_use_name(st.use),
		 st.local_blocked ? "+L" : "", st.local_failed ? "+LF" : "",
		 st.remote_blocked ? "+R" : "", st.remote_failed ? "+RF" : "",
		 st.blocking_pending ? "+P" : "", st.out_of_service ? "+O" : "",
		 st.unreachable ? "+U" : "");
}

/* What the peer has told of it. */
static void do_told(struct bed *b, unsigned int cic)
{
	struct isup_circuit_status st;

	isup_circuit_status(&st, bed_circuit(b, cic));
	bed_note(b, cic, "told:%d", st.peer_state);
}

static void do_mblock(struct bed *b, unsigned int cic)
{
	bed_result(b, cic, isup_range_block(b->berlin, cic, cic, ISUP_BLOCKING_MAINTENANCE));
}
static void do_munblock(struct bed *b, unsigned int cic)
{
	bed_result(b, cic, isup_range_unblock(b->berlin, cic, cic, ISUP_BLOCKING_MAINTENANCE));
}
static void do_fail(struct bed *b, unsigned int cic)
{
	bed_result(b, cic, isup_range_block(b->berlin, cic, cic, ISUP_BLOCKING_HARDWARE));
}
static void do_unfail(struct bed *b, unsigned int cic)
{
	bed_result(b, cic, isup_range_unblock(b->berlin, cic, cic, ISUP_BLOCKING_HARDWARE));
}
static void do_gblock(struct bed *b, unsigned int cic)
{
	bed_result(b, cic, isup_group_block(b->berlin, ISUP_BLOCKING_MAINTENANCE));
}
static void do_gunblock(struct bed *b, unsigned int cic)
{
	bed_result(b, cic, isup_group_unblock(b->berlin, ISUP_BLOCKING_MAINTENANCE));
}
static void do_gfail(struct bed *b, unsigned int cic)
{
	bed_result(b, cic, isup_group_block(b->berlin, ISUP_BLOCKING_HARDWARE));
}
static void do_gunfail(struct bed *b, unsigned int cic)
{
	bed_result(b, cic, isup_group_unblock(b->berlin, ISUP_BLOCKING_HARDWARE));
}
static void do_query(struct bed *b, unsigned int cic)
{
	struct isup_circuit *c = bed_circuit(b, cic);

	bed_result(b, cic, c ? isup_circuit_query(c) : isup_range_query(b->berlin, cic, cic));
}
static void do_validate(struct bed *b, unsigned int cic)
{
	bed_result(b, cic, isup_circuit_validate(bed_circuit(b, cic)));
}

static void reserved(void *ctx, struct isup_circuit *c, int rc)
{
	struct bed *b = ctx;
	unsigned int cic = isup_circuit_cic(c);

	bed_note(b, cic, "%s", rc == 0 ? "reserved" : rc == -ETIMEDOUT ? "timeout" : "refused");
	if (rc < 0)
		do_unseize(b, cic);
}

static void do_reserve(struct bed *b, unsigned int cic)
{
	int rc;

	if (!b->seized[cic])
		do_hunt(b, cic);
	if (!b->seized[cic])
		return;
	rc = isup_circuit_reserve(b->seized[cic], reserved, b);
	bed_result(b, cic, rc);
	if (rc < 0)
		do_unseize(b, cic);
}
static void do_gquery(struct bed *b, unsigned int cic)
{
	bed_result(b, cic, isup_group_query(b->berlin));
}
static void do_start(struct bed *b, unsigned int cic) { isup_group_start(b->berlin); }
static void do_pause(struct bed *b, unsigned int cic) { isup_pause_ind(b->stack, NULL, b->dpc); }
static void do_pauseother(struct bed *b, unsigned int cic) { isup_pause_ind(b->stack, NULL, 4711); }
static void do_resume(struct bed *b, unsigned int cic) { isup_resume_ind(b->stack, NULL, b->dpc); }
static void do_away(struct bed *b, unsigned int cic)
{
	isup_user_unavailable_ind(b->stack, NULL, b->dpc, ISUP_USER_INACCESSIBLE);
}
static void do_unequipped(struct bed *b, unsigned int cic)
{
	isup_user_unavailable_ind(b->stack, NULL, b->dpc, ISUP_USER_UNEQUIPPED);
}
static void do_nomtp(struct bed *b, unsigned int cic) { b->no_mtp = true; }
static void do_mtp(struct bed *b, unsigned int cic) { b->no_mtp = false; }
static void do_nopath(struct bed *b, unsigned int cic) { b->flags |= BED_NO_PATH; }
static void do_path(struct bed *b, unsigned int cic) { b->flags &= ~BED_NO_PATH; }
static void do_block(struct bed *b, unsigned int cic)
{
	bed_result(b, cic, isup_circuit_block(bed_circuit(b, cic)));
}
static void do_unblock(struct bed *b, unsigned int cic)
{
	bed_result(b, cic, isup_circuit_unblock(bed_circuit(b, cic)));
}
static void do_reset(struct bed *b, unsigned int cic)
{
	bed_result(b, cic, isup_circuit_reset(bed_circuit(b, cic)));
}
static void do_greset(struct bed *b, unsigned int cic)
{
	bed_result(b, cic, isup_group_reset(b->berlin));
}
static void do_transit(struct bed *b, unsigned int cic) { isup_call_transit(b->call[cic]); }
static void do_carried(struct bed *b, unsigned int cic) { isup_call_carried(b->call[cic], true); }

static void do_controls(struct bed *b, unsigned int cic)
{
	isup_call_suspend_role(b->call[cic], ISUP_SUSPEND_CONTROLLING);
}
static void do_international(struct bed *b, unsigned int cic)
{
	isup_call_suspend_role(b->call[cic], ISUP_SUSPEND_INTERNATIONAL);
}
static void do_ends(struct bed *b, unsigned int cic)
{
	struct isup_msg *iam = b->iam.n_pars ? &b->iam : NULL;
	uint8_t cause = isup_call_ends_here(b->call[cic], iam);
	char word[128];

	if (cause)
		bed_note(b, cic, "must:%u", cause);
	if (iam && !cause) {
		bed_word(word, sizeof(word), iam);
		bed_note(b, cic, "kept:%s", word);
	}
}
static void do_few(struct bed *b, unsigned int cic)
{
	isup_call_digits(b->call[cic], ISUP_DIGITS_TOO_FEW);
}
static void do_maybe(struct bed *b, unsigned int cic)
{
	isup_call_digits(b->call[cic], ISUP_DIGITS_MAYBE);
}
static void do_enough(struct bed *b, unsigned int cic)
{
	isup_call_digits(b->call[cic], ISUP_DIGITS_COMPLETE);
}
static void do_state(struct bed *b, unsigned int cic)
{
	struct isup_circuit_status st;

	isup_circuit_status(&st, bed_circuit(b, cic));
	bed_note(b, cic, "%s", st.call_state);
}

static const struct { const char *word; void (*fn)(struct bed *b, unsigned int cic); } verbs[] = {
	{ "setup", do_setup },   { "hunt", do_hunt },       { "unseize", do_unseize },
	{ "start", do_start },   { "pause", do_pause },     { "pauseother", do_pauseother },
	{ "resume", do_resume }, { "nomtp", do_nomtp },     { "mtp", do_mtp },
	{ "nopath", do_nopath }, { "path", do_path },
	{ "block", do_block },   { "unblock", do_unblock }, { "reset", do_reset },
	{ "greset", do_greset }, { "transit", do_transit }, { "carried", do_carried },
	{ "away", do_away },
	{ "unequipped", do_unequipped },
	{ "setupc", do_setupc }, { "test", do_test },       { "looped", do_looped },
	{ "passed", do_passed }, { "failed", do_failed },   { "unable", do_unable },
	{ "state", do_state },     { "controls", do_controls },
	{ "international", do_international },
	{ "setup-uui", do_setup_uui },
	{ "ends", do_ends }, { "few", do_few }, { "maybe", do_maybe }, { "enough", do_enough },
	{ "setup-cgpn", do_setup_cgpn },
	{ "mblock", do_mblock }, { "munblock", do_munblock }, { "gblock", do_gblock },
	{ "gunblock", do_gunblock }, { "fail", do_fail }, { "unfail", do_unfail },
	{ "gfail", do_gfail }, { "gunfail", do_gunfail }, { "query", do_query },
	{ "gquery", do_gquery }, { "?", do_status }, { "told", do_told },
	{ "validate", do_validate }, { "reserve", do_reserve },
};

static void user_sends(struct bed *b, unsigned int cic, const char *word)
{
	struct isup_call *call = b->call[cic];
	struct isup_msg m;

	ck_assert_ptr_nonnull(call);
	word_to_msg(&m, b->dialect, word);
	if (m.type == ISUP_MT_REL) {
		b->call[cic] = NULL;
		isup_call_release(call, &m);
	} else {
		bed_result(b, cic, isup_call_send(call, &m));
	}
}

static void verb(struct bed *b, unsigned int cic, const char *word)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(verbs); i++) {
		if (!strcmp(verbs[i].word, word)) {
			verbs[i].fn(b, cic);
			return;
		}
	}
	ck_abort_msg("no such verb: %s", word);
}

/* One word of a script. */
void bed_step(struct bed *b, const char *text)
{
	uint8_t octets[64];
	char word[64];
	unsigned int cic = 1;
	char *at;
	int n;

	osmo_strlcpy(word, text, sizeof(word));
	if (!strncmp(word, "in:", 3)) {
		osmo_strlcpy(b->inside, word + 3, sizeof(b->inside));
		return;
	}
	at = strchr(word, '@');
	if (at) {
		cic = atoi(at + 1);
		*at = 0;
	}
	switch (word[0]) {
	case '>':
		n = bed_word_octets(word + 1, octets, sizeof(octets));
		ck_assert_msg(n > 0, "no such word: %s", word);
		bed_receive(b, cic, octets, n);
		break;
	case 'x':
		n = osmo_hexparse(word + 1, octets, sizeof(octets));
		bed_receive(b, cic, octets, n < 0 ? 0 : n);
		break;
	case '<':
		user_sends(b, cic, word + 1);
		break;
	case '+':
		bed_wait(atoi(word + 1));
		break;
	default:
		verb(b, cic, word);
	}
}
