/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Session descriptions: offers, answers, hold (RFC 3264). */
#include <errno.h>
#include <string.h>
#include <strings.h>

#include "gw/sdp.h"
#include "gw/text.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

enum { TMR_64K = 2, TMR_64K_PREFERRED = 6, PT_CLEARMODE = 97, PT_EVENTS = 101 };

static const struct sdp_codec pcma = { .pt = 8, .name = "PCMA", .clock = 8000, .channels = 1 };
static const struct sdp_codec pcmu = { .pt = 0, .name = "PCMU", .clock = 8000, .channels = 1 };
static const struct sdp_codec clearmode = { .pt = PT_CLEARMODE, .name = "CLEARMODE", .clock = 8000,
					    .channels = 1 };
static const struct sdp_codec events = {
	.pt = PT_EVENTS, .name = "telephone-event", .clock = 8000, .channels = 1, .fmtp = "0-15"
};

const struct sdp_media *sdp_audio(const struct sdp *s)
{
	unsigned int i;

	for (i = 0; i < s->n_media; i++)
		if (s->media[i].port && strcasecmp(s->media[i].type, "audio") == 0)
			return &s->media[i];
	return NULL;
}

const struct sdp_codec *sdp_find_codec(const struct sdp_media *m, const char *name)
{
	unsigned int i;

	for (i = 0; i < m->n_codecs; i++)
		if (strcasecmp(m->codecs[i].name, name) == 0)
			return &m->codecs[i];
	return NULL;
}

static bool is_speech(const struct sdp_codec *c)
{
	return c->name[0] && strcasecmp(c->name, "telephone-event") != 0 &&
		strcasecmp(c->name, "CN") != 0 &&
	       strcasecmp(c->name, "red") != 0;
}

bool sdp_is_hold(const struct sdp *s)
{
	const struct sdp_media *m = sdp_audio(s);

	if (!m)
		return false;
	return m->dir == SDP_SENDONLY || m->dir == SDP_INACTIVE ||
		strcmp(m->address, "0.0.0.0") == 0;
}

enum sdp_dir sdp_dir_reverse(enum sdp_dir dir)
{
	switch (dir) {
	case SDP_SENDONLY:
		return SDP_RECVONLY;
	case SDP_RECVONLY:
		return SDP_SENDONLY;
	default:
		return dir;
	}
}

static bool sends(enum sdp_dir d)
{
	return d == SDP_SENDRECV || d == SDP_SENDONLY;
}

static bool receives(enum sdp_dir d)
{
	return d == SDP_SENDRECV || d == SDP_RECVONLY;
}

static enum sdp_dir dir_of(bool send, bool receive)
{
	if (send)
		return receive ? SDP_SENDRECV : SDP_SENDONLY;
	return receive ? SDP_RECVONLY : SDP_INACTIVE;
}

enum sdp_dir sdp_dir_answer(enum sdp_dir offered, enum sdp_dir wanted)
{
	return dir_of(sends(wanted) && receives(offered), receives(wanted) && sends(offered));
}

/* The codecs of ours that carry the medium, best first; number of them. */
static unsigned int codecs_for(const struct sdp_codec *ret[3], uint8_t tmr, bool mu_law)
{
	unsigned int n = 0;

	if (tmr == TMR_64K || tmr == TMR_64K_PREFERRED)
		ret[n++] = &clearmode;
	if (tmr != TMR_64K) {
		ret[n++] = mu_law ? &pcmu : &pcma;
		ret[n++] = mu_law ? &pcma : &pcmu;
	}
	return n;
}

static void put_local(struct sdp *s, const struct sdp_local *l)
{
	memset(s, 0, offsetof(struct sdp, media));
	s->id = l->id;
	s->version = l->version;
	span_copy(s->user, sizeof(s->user), span_of("-"));
	span_copy(s->name, sizeof(s->name), span_of("-"));
	span_copy(s->origin, sizeof(s->origin), span_of(l->address));
	s->origin_ip6 = strchr(l->address, ':') != NULL;
}

/* Of its codecs as many are set as there are. */
static void clear_media(struct sdp_media *m)
{
	memset(m, 0, offsetof(struct sdp_media, codecs));
}

static void put_audio(struct sdp_media *m, const struct sdp_local *l, enum sdp_dir dir)
{
	clear_media(m);
	span_copy(m->type, sizeof(m->type), span_of("audio"));
	span_copy(m->proto, sizeof(m->proto), span_of("RTP/AVP"));
	span_copy(m->address, sizeof(m->address), span_of(l->address));
	m->ip6 = strchr(l->address, ':') != NULL;
	m->port = l->port;
	m->ptime = 20;
	m->dir = dir;
}

static int print_to(char *buf, size_t size, const struct sdp *s)
{
	int n = sdp_print(buf, size, s);

	return n < 0 || (size_t)n >= size ? -EMSGSIZE : n;
}

int sdp_offer(char *buf, size_t size, const struct sdp_local *l)
{
	const struct sdp_codec *ours[3];
	unsigned int i, n = codecs_for(ours, l->tmr, l->mu_law);
	struct sdp s;
	struct sdp_media *m = &s.media[0];

	if (!l->address[0] || strlen(l->address) >= SDP_MAX_ADDRESS)
		return -EMSGSIZE;
	put_local(&s, l);
	s.n_media = 1;
	put_audio(m, l, l->dir);
	for (i = 0; i < n; i++)
		m->codecs[m->n_codecs++] = *ours[i];
	if (l->tmr != TMR_64K)
		m->codecs[m->n_codecs++] = events;
	return print_to(buf, size, &s);
}

static bool same_codec(const struct sdp_codec *a, const struct sdp_codec *b)
{
	return a->name[0] && a->clock == b->clock && a->channels == b->channels &&
		strcasecmp(a->name, b->name) == 0;
}

/* The first format of the offer that is one of ours: the offerer's preference counts (RFC 3264
 * 6.1). */
static const struct sdp_codec *choose(const struct sdp_media *offered, const struct sdp_local *l)
{
	const struct sdp_codec *ours[3];
	unsigned int n = codecs_for(ours, l->tmr, l->mu_law), i, j;

	if (!offered->port || strcasecmp(offered->type, "audio") != 0 ||
	    strcasecmp(offered->proto, "RTP/AVP") != 0)
		return NULL;
	for (i = 0; i < offered->n_codecs; i++)
		for (j = 0; j < n; j++)
			if (same_codec(&offered->codecs[i], ours[j]))
				return &offered->codecs[i];
	return NULL;
}

static const struct sdp_codec *offered_events(const struct sdp_media *offered)
{
	const struct sdp_codec *c = sdp_find_codec(offered, events.name);

	return c && same_codec(c, &events) ? c : NULL;
}

static void accept_media(struct sdp_media *m, const struct sdp_media *offered,
			 const struct sdp_local *l)
{
	const struct sdp_codec *dtmf = offered_events(offered);
	struct sdp_codec *c;

	put_audio(m, l, sdp_dir_answer(offered->dir, l->dir));
	m->codecs[m->n_codecs++] = *choose(offered, l);
	if (!dtmf || l->tmr == TMR_64K)
		return;
	c = &m->codecs[m->n_codecs++];
	*c = *dtmf;	/* their number, our events */
	span_copy(c->fmtp, sizeof(c->fmtp), span_of(events.fmtp));
}

static void refuse_media(struct sdp_media *m, const struct sdp_media *offered)
{
	clear_media(m);
	memcpy(m->type, offered->type, sizeof(m->type));
	memcpy(m->proto, offered->proto, sizeof(m->proto));
	memcpy(m->formats, offered->formats, sizeof(m->formats));
	if (offered->n_codecs)
		m->codecs[m->n_codecs++] = offered->codecs[0];
}

int sdp_answer(char *buf, size_t size, const struct sdp *offer, const struct sdp_local *l)
{
	bool accepted = false;
	unsigned int i;
	struct sdp s;

	if (!l->address[0] || strlen(l->address) >= SDP_MAX_ADDRESS)
		return -EMSGSIZE;
	put_local(&s, l);
	s.n_media = offer->n_media;
	for (i = 0; i < offer->n_media; i++) {
		if (!accepted && choose(&offer->media[i], l)) {
			accept_media(&s.media[i], &offer->media[i], l);
			accepted = true;
		} else {
			refuse_media(&s.media[i], &offer->media[i]);
		}
	}
	return accepted ? print_to(buf, size, &s) : -ENOENT;
}

static bool common_codec(const struct sdp_media *o, const struct sdp_media *a)
{
	unsigned int i, j;

	for (i = 0; i < a->n_codecs; i++)
		for (j = 0; j < o->n_codecs; j++)
			if (is_speech(&a->codecs[i]) && same_codec(&a->codecs[i], &o->codecs[j]))
				return true;
	return false;
}

static const char *media_fault(const struct sdp_media *o, const struct sdp_media *a)
{
	if (strcasecmp(o->type, a->type) != 0)
		return "another kind of medium";
	if (!a->port)
		return NULL;
	if (!o->port)
		return "a medium that was not offered";
	if (strcasecmp(o->proto, a->proto) != 0)
		return "another transport";
	if (strcasecmp(o->type, "audio") == 0 && !common_codec(o, a))
		return "no codec in common";
	if ((sends(a->dir) && !receives(o->dir)) || (receives(a->dir) && !sends(o->dir)))
		return "a direction that was not offered";
	return NULL;
}

int sdp_check_answer(const struct sdp *offer, const struct sdp *answer, const char **ret_why)
{
	const char *why = NULL;
	unsigned int i;

	if (answer->n_media != offer->n_media)
		why = "another number of media";
	for (i = 0; !why && i < offer->n_media; i++)
		why = media_fault(&offer->media[i], &answer->media[i]);
	if (!why && !sdp_audio(answer))
		why = "no audio accepted";
	if (!why)
		return 0;
	if (ret_why)
		*ret_why = why;
	return -EINVAL;
}
