/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: primitives -> ISUP messages toward the calling side: ACM, CPG, ANM, CON (RFC 3398 8.2.3,
 * 8.2.4; Q.1912.5). */
#include <errno.h>

#include "gw/map_event.h"
#include "gw/map_ident.h"

/* RFC 3398 8.2.3: where no ISUP came along they are made. */
static int set_bci(struct isup_msg *m, uint8_t status, const struct map_profile *p)
{
	struct isup_bci bci;

	if (!isup_get(m, ISUP_P_BCI, &bci))
		bci = map_make_bci(status, p);
	bci.called_status = status;
	return isup_set(m, ISUP_P_BCI, &bci);
}

static int set_progress(struct isup_msg *m, const struct cc_progress *progress)
{
	struct isup_obci obci = { 0 };
	int rc = 0;

	if (progress->in_band) {
		isup_get(m, ISUP_P_OBCI, &obci);
		obci.in_band = 1;
		rc = isup_set(m, ISUP_P_OBCI, &obci);
	}
	if (rc == 0 && progress->cause.value)
		rc = isup_set(m, ISUP_P_CAUSE, &progress->cause);
	return rc;
}

/* The message that rode along when it is of a kind to start from, or an empty one. true: it says
 * by itself what it has to say. */
static bool start(struct isup_msg *m, uint8_t type, const struct isup_msg *tmpl,
		  const struct map_profile *p)
{
	bool fits = tmpl &&
		(tmpl->type == ISUP_MT_ACM || tmpl->type == ISUP_MT_CPG ||
		 tmpl->type == ISUP_MT_ANM ||
			     tmpl->type == ISUP_MT_CON);

	if (!fits) {
		isup_init(m, map_dialect(p), type, 0);
		return false;
	}
	map_template(m, tmpl, p);
	map_retype(m, type);
	return tmpl->type == type;
}

static int to_acm(struct isup_msg *m, const struct cc_prim *prim, const struct map_profile *p)
{
	const struct map_meaning *said = map_meaning_of(prim, false);
	struct cc_progress progress = prim->u.progress;
	uint8_t status = prim->type == CC_ALERT ? STATUS_FREE : STATUS_NONE;
	bool whole = start(m, ISUP_MT_ACM, prim->isup, p);
	int rc;

	if (whole && !prim->sip)
		return 0;
	if (said && said->type != ISUP_MT_ACM)
		return -ENOMSG;
	if (said) {
		status = said->status;
		progress.in_band = said->in_band;
	}
	/* Where it came in a SIP body, the status of the response decides (RFC 3398 8.2.3). */
	rc = set_bci(m, status, p);
	return rc < 0 || whole ? rc : set_progress(m, &progress);
}

static uint8_t event_of(const struct cc_prim *prim)
{
	uint8_t event = prim->u.progress.event;

	if (prim->type == CC_ALERT)
		return EVENT_ALERTING;
	if (event > EVENT_PROGRESS)
		return event;
	return prim->u.progress.in_band ? EVENT_IN_BAND : EVENT_PROGRESS;
}

/* RFC 3398 8.2.3: after the ACM */
static int to_cpg(struct isup_msg *m, const struct cc_prim *prim, const struct map_profile *p)
{
	const struct map_meaning *said = map_meaning_of(prim, true);
	struct cc_progress progress = prim->u.progress;
	bool whole = start(m, ISUP_MT_CPG, prim->isup, p);
	struct isup_event event = { 0 };
	int rc;

	isup_get(m, ISUP_P_EVENT, &event);
	if (whole && (event.event == EVENT_ALERTING) == (prim->type == CC_ALERT))
		return 0;
	if (said && said->type != ISUP_MT_CPG)
		return -ENOMSG;
	event.event = said ? said->event : event_of(prim);
	if (said)
		progress.in_band = said->in_band;
	rc = isup_set(m, ISUP_P_EVENT, &event);
	return rc < 0 ? rc : set_progress(m, &progress);
}

int map_progress_to_isup(struct isup_msg *m, const struct cc_prim *prim, bool acm_sent,
			 const struct map_profile *p)
{
	return acm_sent ? to_cpg(m, prim, p) : to_acm(m, prim, p);
}

/* RFC 3398 8.2.4: ANM, or CON when nothing came before; a dialect without CON (ANSI) says ANM
 * then, too. */
int map_answer_to_isup(struct isup_msg *m, const struct cc_prim *prim, bool acm_sent,
		       const struct map_profile *p)
{
	bool has_con = isup_mt_find(map_dialect(p), "CON") >= 0;

	start(m, acm_sent || !has_con ? ISUP_MT_ANM : ISUP_MT_CON, prim->isup, p);
	if (acm_sent || isup_has(m, ISUP_P_BCI))
		return 0;
	return set_bci(m, STATUS_NONE, p);
}

bool map_prim_needs_cpg(const struct cc_prim *prim)
{
	const struct map_meaning *said = map_meaning_of(prim, false);
	uint8_t event = prim->u.progress.event;

	if (said)
		return said->then_cpg;
	return prim->type == CC_PROGRESS && event >= EVENT_FWD_BUSY && event <= EVENT_FWD_ALWAYS;
}
