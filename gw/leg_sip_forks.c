/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several early dialogs of one INVITE (RFC 3261 13.2.2.4): the calling side is told what is new,
 * and hears the newest one that has media; 199 ends one (RFC 6228). */
#include <string.h>
#include <strings.h>

#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "gw/leg_sip_overlap.h"
#include "gw/map_event.h"

enum { MAX_FORKS = 8, MAX_TAG = 128 };

struct leg_sip_forks {
	unsigned int n;
	int heard;			/* the one whose media are heard; -1: none */
	/* said to the calling side, by any of them */
	bool alerted, in_band;
	uint16_t forwarded;		/* a bit for each event */
	/* newest last; deaf: its media are not for the caller (P-Early-Media) */
	struct fork { char tag[MAX_TAG]; char *sdp; bool deaf; } fork[MAX_FORKS];
};

static struct fork *find(struct leg_sip_forks *all, const char *tag)
{
	for (unsigned int i = 0; i < all->n; i++)
		if (!strcasecmp(all->fork[i].tag, tag))
			return &all->fork[i];
	return NULL;
}

static struct fork *add(struct leg_sip *l, const char *tag)
{
	struct leg_sip_forks *all = l->forks;
	struct fork *f;

	if (!all) {
		all = l->forks = talloc_zero(l, struct leg_sip_forks);
		if (all)
			all->heard = -1;
	}
	if (!all || all->n == MAX_FORKS || strlen(tag) >= MAX_TAG)
		return NULL;
	f = &all->fork[all->n++];
	*f = (struct fork){};
	OSMO_STRLCPY_ARRAY(f->tag, tag);
	return f;
}

/* Who is heard is who INFO and UPDATE are for. */
static void hear(struct leg_sip *l, struct fork *f)
{
	l->forks->heard = f - l->forks->fork;
	sip_leg_focus(l->sip, f->tag);
}

/* Is there anything in it that the calling side does not know? */
static bool is_news(struct leg_sip_forks *all, const struct cc_prim *prim)
{
	const struct cc_progress *p = &prim->u.progress;
	uint16_t bit = 1u << (p->event & 15);
	bool news = false;

	if (prim->type == CC_ALERT) {
		news = !all->alerted;
		all->alerted = true;
	}
	if (p->in_band) {
		news = news || !all->in_band;
		all->in_band = true;
	}
	if (prim->redirection.diverted || p->event > 3) {
		news = news || !(all->forwarded & bit);
		all->forwarded |= bit;
	}
	return news || p->cause.value;
}

bool leg_sip_fork_deaf(const struct leg_sip *l, const struct sip_msg *msg)
{
	struct fork *f = l->forks && msg->to_tag ? find(l->forks, msg->to_tag) : NULL;

	if (!l->forks || !msg->to_tag)
		return l->deaf;
	return f && f->deaf;
}

/* Of the one that is heard: by an UPDATE. */
void leg_sip_fork_set_deaf(struct leg_sip *l, bool deaf)
{
	l->deaf = deaf;
	if (l->forks && l->forks->heard >= 0)
		l->forks->fork[l->forks->heard].deaf = deaf;
}

bool leg_sip_fork_speaks(struct leg_sip *l, struct cc_prim *prim, const struct sip_msg *msg)
{
	struct fork *f;
	bool other, news;

	/* the INVITEs of one number are not forks */
	if (!msg->to_tag || (l->overlap && !l->overlap->by_info))
		return true;
	f = l->forks ? find(l->forks, msg->to_tag) : NULL;
	if (!f)
		f = add(l, msg->to_tag);
	if (!f)
		return false;
	other = l->forks->n > 1;
	f->deaf = prim->u.progress.deaf;
	if (prim->sdp) {
		talloc_free(f->sdp);
		f->sdp = talloc_strdup(l->forks, prim->sdp);
	}
	if (f->deaf && other && l->forks->heard != f - l->forks->fork) {
		prim->sdp = NULL;		/* the one that is heard stays */
		prim->u.progress.deaf = false;
	} else if (prim->sdp) {
		hear(l, f);
	}
	news = is_news(l->forks, prim);
	if (!other || news)
		return true;
	map_hush(prim);
	return prim->sdp;
}

/* The newest of those left that has media. */
static struct fork *next_heard(struct leg_sip_forks *all)
{
	for (unsigned int i = all->n; i > 0; i--)
		if (all->fork[i - 1].sdp && !all->fork[i - 1].deaf)
			return &all->fork[i - 1];
	return NULL;
}

void leg_sip_fork_ended(struct leg_sip *l, const struct sip_msg *msg)
{
	struct leg_sip_forks *all = l->forks;
	struct fork *f = all && msg->to_tag ? find(all, msg->to_tag) : NULL;
	struct cc_prim prim = { .type = CC_PROGRESS, .sip = msg, .sdp_is_answer = l->offered };
	int at = f ? f - all->fork : -1;
	bool heard = f && all->heard == at;

	if (!f)
		return;
	talloc_free(f->sdp);
	memmove(f, f + 1, (--all->n - at) * sizeof(*f));
	all->heard -= all->heard > at;
	if (!heard)
		return;
	all->heard = -1;
	f = next_heard(all);
	map_hush(&prim);
	if (f) {
		hear(l, f);
		prim.sdp = f->sdp;
	} else {		/* what it sent is not for the caller any more */
		l->described = all->in_band = false;
		prim.u.progress.deaf = true;
	}
	up(l, &prim);
}

const char *leg_sip_fork_answers(struct leg_sip *l, const struct sip_msg *msg)
{
	struct leg_sip_forks *all = l->forks;
	struct fork *f = all && msg->to_tag ? find(all, msg->to_tag) : NULL;

	if (!f)
		return NULL;
	return all->heard == f - all->fork ? l->heard : f->sdp;
}
