/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The check of ISUP trunk groups: point codes, circuits, media gateways, local sockets. */
#include <errno.h>
#include <string.h>

#include "config/internal.h"

static int point_code(const struct config_check *k, const struct config_trunk *t, const char *pc)
{
	if (t->mtp == CONFIG_MTP_LOCAL)
		return pc ? config_pc_parse(pc, config_dialect_find(t->dialect)) : -ENOENT;
	return k->pc(k->pc_ctx, t->cs7_instance, pc);
}

static bool knows_codes(const struct config_check *k, const struct config_trunk *t)
{
	return t->mtp == CONFIG_MTP_LOCAL || k->pc;
}

static bool text_equal(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

/* Do two trunk groups have the same point codes in the same network? */
static bool same_relation(const struct config_check *k, const struct config_trunk *a,
			  const struct config_trunk *b)
{
	if (a->mtp != b->mtp || a->ni != b->ni || !a->dpc || !b->dpc)
		return false;
	if (a->mtp == CONFIG_MTP_LOCAL ? !text_equal(a->mtp_path, b->mtp_path)
				       : a->cs7_instance != b->cs7_instance)
		return false;
	if (!knows_codes(k, a))
		return text_equal(a->opc, b->opc) && text_equal(a->dpc, b->dpc);
	return point_code(k, a, a->opc) == point_code(k, b, b->opc) &&
	       point_code(k, a, a->dpc) == point_code(k, b, b->dpc);
}

/* The network's format may have more bits than the dialect's parameters. */
static void check_bits(struct config_check *k, const struct config_trunk *t, const char *which,
		       int pc)
{
	unsigned int bits = config_dialect_pc_bits(config_dialect_find(t->dialect));

	if (pc >= 0 && pc >> bits)
		config_complain(k, t->line,
				"trunk-group %s: point-code %s is %d, dialect %s has %u bits",
				t->name, which, pc, t->dialect, bits);
}

static void check_opc(struct config_check *k, const struct config_trunk *t)
{
	int rc = point_code(k, t, t->opc);

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

	if (!t->dpc)
		config_complain(k, t->line, "trunk-group %s: point-code remote PC is missing",
				t->name);
	if (!knows_codes(k, t))
		return;
	check_opc(k, t);
	check_bits(k, t, "local", point_code(k, t, t->opc));
	dpc = t->dpc ? point_code(k, t, t->dpc) : -ENOENT;
	check_bits(k, t, "remote", dpc);
	if (t->dpc && dpc < 0 && dpc != -ENODEV)
		config_complain(k, t->line,
				"trunk-group %s: point-code remote %s is not a point code of its "
				"network",
				t->name, t->dpc);
	if (dpc >= 0 && dpc == point_code(k, t, t->opc))
		config_complain(k, t->line, "trunk-group %s: point-code remote %s is our own",
				t->name, t->dpc);
}

static void check_media(struct config_check *k, const struct config_trunk *t)
{
	const struct config_media *m = t->media ? config_media_find(k->c, t->media) : NULL;
	const struct config_range *r;

	if (!t->media)
		config_complain(k, t->line, "trunk-group %s: media-gateway NAME is missing",
				t->name);
	else if (!m)
		config_complain(k, t->line, "trunk-group %s: there is no media-gateway %s", t->name,
				t->media);
	if (!m || !m->rtp_address)
		return;
	for (r = t->ranges; r < t->ranges + t->n_ranges; r++) {
		if (m->rtp_base_port + 2u * r->last > UINT16_MAX - 1)
			config_complain(k, r->line,
					"trunk-group %s: circuits %u-%u: media-gateway %s has no "
					"RTP port for %u",
					t->name, r->first, r->last, m->name, r->last);
	}
}

static void check_ranges(struct config_check *k, const struct config_trunk *t)
{
	unsigned int max = (1u << config_dialect_find(t->dialect)->cic_bits) - 1;
	const struct config_range *r;

	if (t->n_ranges == 0)
		config_complain(k, t->line, "trunk-group %s: circuits RANGE is missing", t->name);
	for (r = t->ranges; r < t->ranges + t->n_ranges; r++) {
		if (r->last > max)
			config_complain(k, r->line,
					"trunk-group %s: circuits %u-%u: the highest CIC of "
					"dialect %s is %u",
					t->name, r->first, r->last, t->dialect, max);
	}
}

static void check_overlap(struct config_check *k, const struct config_trunk *t,
			  const struct config_trunk *o)
{
	const struct config_range *r, *q;

	for (r = t->ranges; r < t->ranges + t->n_ranges; r++) {
		for (q = o->ranges; q < o->ranges + o->n_ranges; q++) {
			if (r->first > q->last || q->first > r->last)
				continue;
			config_complain(k, r->line,
					"trunk-group %s: circuits %u-%u overlap with trunk-group "
					"%s "
					"(%u-%u, same point codes)",
					t->name, r->first, r->last, o->name, q->first, q->last);
		}
	}
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

void config_check_isup(struct config_check *k)
{
	const struct config_trunk *t, *o;

	llist_for_each_entry(t, &k->c->trunks, list) {
		if (t->type != CONFIG_TRUNK_ISUP)
			continue;
		check_codes(k, t);
		check_media(k, t);
		check_ranges(k, t);
		llist_for_each_entry(o, &k->c->trunks, list) {
			if (o == t)
				break;		/* each pair once, at the later one */
			if (o->type != CONFIG_TRUNK_ISUP)
				continue;
			check_path(k, t, o);
			if (same_relation(k, t, o))
				check_overlap(k, t, o);
		}
	}
}
