/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Addresses that asked to be left alone for a while (503 with Retry-After, RFC 3261 21.5.4). */
#include <time.h>

#include <osmocom/core/timer.h>
#include <osmocom/core/utils.h>

#include "gw/log.h"
#include "gw/text.h"
#include "gw/trunk.h"

static int64_t now_s(void)
{
	struct timespec ts;

	osmo_clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec;
}

/* Kept as a number: the configuration may change meanwhile. */
static uint32_t key_of(const struct config_target *t)
{
	uint32_t h = HASH_START ^ (t->port + ((uint32_t)t->transport << 16));

	h = hash_text(h, t->host);
	return h ? h : 1;
}

/* -1: it never was, or has made room. */
static int find(const struct trunk *t, const struct config_target *target)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(t->avoid); i++)
		if (t->avoid[i].key == key_of(target))
			return i;
	return -1;
}

/* One that is over; if there is none, the targets were changed meanwhile. */
static unsigned int room(const struct trunk *t)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(t->avoid); i++)
		if (t->avoid[i].until_s <= now_s())
			return i;
	return 0;
}

void trunk_avoid(struct trunk *t, const struct config_target *target, unsigned int seconds)
{
	int at = find(t, target);

	if (!seconds)
		return;
	if (at < 0)
		at = room(t);
	seconds = OSMO_MIN(seconds, (unsigned int)TRUNK_MAX_AVOID_S);
	t->avoid[at].key = key_of(target);
	t->avoid[at].until_s = now_s() + seconds;
	LOGP(DCALL, LOGL_NOTICE, "%s: %s:%u is not asked for %u s\n", t->name, target->host,
	     target->port, seconds);
}

unsigned int trunk_avoided_for(const struct trunk *t, const struct config_target *target)
{
	int at = find(t, target);

	return at >= 0 && t->avoid[at].until_s > now_s() ? t->avoid[at].until_s - now_s() : 0;
}
