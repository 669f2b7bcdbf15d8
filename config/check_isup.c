/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The check of ISUP trunk groups: point codes, media gateways, local sockets. */
#include <errno.h>
#include <string.h>

#include "config/internal.h"

int config_check_point_code(const struct config_check *k, const struct config_trunk *t,
			    const char *pc)
{
	if (t->mtp == CONFIG_MTP_LOCAL)
		return pc ? config_pc_parse(pc, config_dialect_find(t->dialect)) : -ENOENT;
	return k->pc(k->pc_ctx, t->cs7_instance, pc);
}

bool config_check_knows_codes(const struct config_check *k, const struct config_trunk *t)
{
	return t->mtp == CONFIG_MTP_LOCAL || k->pc;
}

static bool text_equal(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

/* The network's format may have more bits than the dialect's parameters. */
void config_check_bits(struct config_check *k, const struct config_trunk *t, int line,
		       const char *which, int pc)
{
	unsigned int bits = config_dialect_pc_bits(config_dialect_find(t->dialect));

	if (pc >= 0 && pc >> bits)
		config_complain(k, line,
				"trunk-group %s: point-code %s is %d, dialect %s has %u bits",
				t->name, which, pc, t->dialect, bits);
}

static void check_opc(struct config_check *k, const struct config_trunk *t)
{
	int rc = config_check_point_code(k, t, t->opc);

	if (rc == -ENODEV)
		config_complain(k, t->line, "trunk-group %s: there is no cs7 instance %u", t->name,
				t->cs7_instance);
	else if (rc < 0 && t->opc)
		config_complain(k, t->line,
				"trunk-group %s: point-code local %s is not a point code of its "
				"network",
				t->name, t->opc);
	else if (rc < 0)
		config_complain(k, t->line, "trunk-group %s: point-code local PC is missing%s",
				t->name,
				t->mtp == CONFIG_MTP_LOCAL ? ""
							   : ", and the cs7 instance has none");
}

static void check_codes(struct config_check *k, const struct config_trunk *t)
{
	int dpc;

	if (!t->dpc && !t->n_ranges)
		config_complain(k, t->line, "trunk-group %s: point-code remote PC is missing",
				t->name);
	if (!config_check_knows_codes(k, t))
		return;
	check_opc(k, t);
	config_check_bits(k, t, t->line, "local", config_check_point_code(k, t, t->opc));
	dpc = t->dpc ? config_check_point_code(k, t, t->dpc) : -ENOENT;
	config_check_bits(k, t, t->line, "remote", dpc);
	if (t->dpc && dpc < 0 && dpc != -ENODEV)
		config_complain(k, t->line,
				"trunk-group %s: point-code remote %s is not a point code of its "
				"network",
				t->name, t->dpc);
	if (dpc >= 0 && dpc == config_check_point_code(k, t, t->opc))
		config_complain(k, t->line, "trunk-group %s: point-code remote %s is our own",
				t->name, t->dpc);
}

static void check_media(struct config_check *k, const struct config_trunk *t)
{
	const struct config_media *m = t->media ? config_media_find(k->c, t->media) : NULL;

	if (!t->media)
		config_complain(k, t->line, "trunk-group %s: media-gateway NAME is missing",
				t->name);
	else if (!m)
		config_complain(k, t->line, "trunk-group %s: there is no media-gateway %s", t->name,
				t->media);
}

/* The same as the media edge says of its gateways: tones need circuits that the gateway has itself,
 * under names of their own; osmo-mgw has neither. */
static const char *why_no_tones(const struct config_media *m)
{
	if (m->type == CONFIG_MEDIA_NONE)
		return "is none to control";
	if (m->rtp_address)
		return "has circuits that are RTP";
	if (m->endpoint && !strncasecmp(m->endpoint, "rtpbridge/", 10))
		return "is osmo-mgw";
	if (m->endpoint && strpbrk(m->endpoint, "*$"))
		return "chooses the endpoints itself";
	return NULL;
}

static void check_continuity(struct config_check *k, const struct config_trunk *t)
{
	const struct config_media *m = t->media ? config_media_find(k->c, t->media) : NULL;
	const char *why = m ? why_no_tones(m) : NULL;

	if (why && t->continuity_every)
		config_complain(k, t->line,
				"trunk-group %s: continuity-check: media-gateway %s has no check "
				"tones, it %s",
				t->name, m->name, why);
}

/* One socket may carry several trunk groups, but only one end of it can be ours. */
static void check_path(struct config_check *k, const struct config_trunk *t,
		       const struct config_trunk *o)
{
	if (t->mtp == CONFIG_MTP_LOCAL && o->mtp == CONFIG_MTP_LOCAL &&
	    text_equal(t->mtp_path, o->mtp_path) && t->mtp_listen != o->mtp_listen)
		config_complain(k, t->line, "trunk-group %s: mtp local %s: trunk-group %s %s there",
				t->name, t->mtp_path, o->name,
				o->mtp_listen ? "listens" : "connects");
}

void config_check_digits(struct config_check *k, const struct config_trunk *t)
{
	if (t->overlap_maximum && t->overlap_maximum < t->overlap_minimum)
		config_complain(k, t->line,
				"trunk-group %s: overlap: %u maximum-digits are fewer than %u "
				"minimum-digits",
				t->name, t->overlap_maximum, t->overlap_minimum);
}

void config_check_isup(struct config_check *k)
{
	const struct config_trunk *t, *o;

	llist_for_each_entry(t, &k->c->trunks, list) {
		if (t->type != CONFIG_TRUNK_ISUP)
			continue;
		check_codes(k, t);
		check_media(k, t);
		check_continuity(k, t);
		config_check_circuits(k, t);
		config_check_digits(k, t);
		llist_for_each_entry(o, &k->c->trunks, list) {
			if (o == t)
				break;		/* each pair once, at the later one */
			if (o->type == CONFIG_TRUNK_ISUP)
				check_path(k, t, o);
		}
	}
}
