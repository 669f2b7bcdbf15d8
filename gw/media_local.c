/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Descriptions between SIP and a gateway: with our o= line, or cut to what a gateway takes. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <osmocom/core/talloc.h>
#include <osmocom/core/timer.h>
#include <osmocom/core/utils.h>

#include "gw/media_backend.h"
#include "gw/sdp.h"

/* The clock in microseconds is below 2^62 and does not come twice; two contexts are never born in
 * the same one that is used. */
uint64_t media_local_new_id(void)
{
	struct timespec ts;

	osmo_clock_gettime(CLOCK_REALTIME, &ts);
	return (uint64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

int media_local_set(void *owner, struct media_local *l, const char *text)
{
	char buf[MEDIA_MAX_SDP];
	char *copy;
	int rc;

	if (l->text && sdp_same(l->text, text))
		return 0;
	rc = sdp_rewrite_origin(buf, sizeof(buf), text, l->id, l->version + 1, NULL);
	if (rc < 0)
		return rc;
	copy = talloc_strdup(owner, buf);
	if (!copy)
		return -ENOMEM;
	talloc_free(l->text);
	l->text = copy;
	l->version++;
	return 0;
}

static int parse(struct sdp *s, const char *text)
{
	return sdp_parse(s, text, strlen(text));
}

static const struct sdp_codec *events_of(const struct sdp_media *m)
{
	return m ? sdp_find_codec(m, "telephone-event") : NULL;
}

/* "a=rtpmap:96 CLEARMODE", without its clock, is how osmo-mgw names what it was asked for. */
static void name_codec(struct sdp_media *ours, const char *asked)
{
	for (unsigned int i = 0; i < ours->n_codecs; i++) {
		struct sdp_codec *c = &ours->codecs[i];

		if (c->name[0] && c->clock)
			continue;
		OSMO_STRLCPY_ARRAY(c->name, asked);
		c->clock = 8000;
		c->channels = 1;
	}
}

/* RFC 4733 events go through: say so, under the payload type of the other side where it has one. */
static void add_events(struct sdp_media *ours, const struct sdp_media *theirs)
{
	struct sdp_codec *c = &ours->codecs[ours->n_codecs];
	const struct sdp_codec *named = events_of(theirs);

	if (ours->n_codecs == SDP_MAX_CODECS || events_of(ours) ||
	    sdp_find_codec(ours, "CLEARMODE") || (theirs && !named))
		return;
	*c = (struct sdp_codec){
		.pt = named ? named->pt : 101, .name = "telephone-event", .clock = 8000,
		.channels = 1, .fmtp = "0-15",
	};
	ours->n_codecs++;
}

static void refuse_medium(struct sdp_media *out, const struct sdp_media *offered)
{
	*out = *offered;
	out->port = 0;
	out->n_codecs = OSMO_MIN(out->n_codecs, 1);
	out->ptime = out->maxptime = 0;
}

/* The answer has the media of the offer in their order (RFC 3264 6); all but the audio we carry are
 * refused. */
static void line_up(struct sdp *out, const struct sdp *gw, const struct sdp *offer)
{
	const struct sdp_media *audio = sdp_audio(offer);

	*out = *gw;
	out->n_media = offer->n_media;
	for (unsigned int i = 0; i < offer->n_media; i++) {
		if (&offer->media[i] == audio)
			out->media[i] = *sdp_audio(gw);
		else
			refuse_medium(&out->media[i], &offer->media[i]);
	}
}

static int print(char *buf, size_t size, const struct sdp *s)
{
	int len = sdp_print(buf, size, s);

	return len < 0 || (size_t)len >= size ? -EMSGSIZE : len;
}

int media_local_compose(char *buf, size_t size, const char *gateway_sdp, const char *offer,
			const char *relayed)
{
	struct sdp gw, off, out;
	struct sdp_media *audio;
	enum sdp_dir dir = SDP_SENDRECV;

	if (parse(&gw, gateway_sdp) < 0 || !sdp_audio(&gw))
		return -EBADMSG;
	if (offer && (parse(&off, offer) < 0 || !sdp_audio(&off)))
		return -EBADMSG;
	if (offer)
		dir = sdp_dir_answer(sdp_audio(&off)->dir, SDP_SENDRECV);
	if (!relayed && (!offer || off.n_media == 1) && gw.n_media == 1)
		return sdp_set_direction(buf, size, gateway_sdp, dir);
	audio = (struct sdp_media *)sdp_audio(&gw);
	audio->dir = dir;
	if (relayed) {
		name_codec(audio, relayed);
		add_events(audio, offer ? sdp_audio(&off) : NULL);
	}
	if (!offer)
		return print(buf, size, &gw);
	line_up(&out, &gw, &off);
	return print(buf, size, &out);
}

/* The next name of "PCMA;PCMU", taken out of *list; 0 at the end. */
static size_t next_name(const char **name, const char **list)
{
	size_t len;

	*list += strspn(*list, "; ");
	*name = *list;
	len = strcspn(*list, "; ");
	*list += len;
	return len;
}

int media_codec_pick(char *buf, size_t size, const char *codecs, const char *remote_sdp)
{
	struct sdp s;
	const char *name;
	size_t len;

	if (remote_sdp && (parse(&s, remote_sdp) < 0 || !sdp_audio(&s)))
		return -EBADMSG;
	while ((len = next_name(&name, &codecs)) > 0) {
		if (len >= size)
			return -ENOSPC;
		memcpy(buf, name, len);
		buf[len] = '\0';
		if (strcmp(buf, "telephone-event") &&
		    (!remote_sdp || sdp_find_codec(sdp_audio(&s), buf)))
			return len;
	}
	return -ENOENT;
}

static void keep_codecs(struct sdp_media *m, const char *only)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < m->n_codecs; i++)
		if (!strcasecmp(m->codecs[i].name, only) ||
		    !strcasecmp(m->codecs[i].name, "telephone-event"))
			m->codecs[n++] = m->codecs[i];
	m->n_codecs = n;
}

int media_remote_for_gateway(char *buf, size_t size, const char *remote_sdp, const char *only_codec)
{
	struct sdp s;
	const struct sdp_media *audio;

	if (parse(&s, remote_sdp) < 0)
		return -EBADMSG;
	audio = sdp_audio(&s);
	if (!audio)
		return -ENOENT;
	if (!only_codec && s.n_media == 1) {
		if (strlen(remote_sdp) >= size)
			return -EMSGSIZE;
		return snprintf(buf, size, "%s", remote_sdp);
	}
	if (audio != &s.media[0])
		s.media[0] = *audio;
	s.n_media = 1;
	if (only_codec)
		keep_codecs(&s.media[0], only_codec);
	return s.media[0].n_codecs ? print(buf, size, &s) : -ENOENT;
}
