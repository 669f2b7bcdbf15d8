/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The check of circuits: each range's CICs and point codes, and what ranges may not share: a
 * circuit, a termination of the media gateway. */
#include <errno.h>
#include <string.h>

#include "config/internal.h"

/* A range with what it belongs to. */
struct place {
	const struct config_trunk *t;
	const struct config_range *r;
};

static bool text_equal(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

/* Do two ranges lead from one point code of ours to one exchange in the same network? */
static bool same_relation(const struct config_check *k, struct place a, struct place b)
{
	const char *a_dpc = config_range_dpc(a.t, a.r), *b_dpc = config_range_dpc(b.t, b.r);
	const char *a_opc = config_range_opc(a.t, a.r), *b_opc = config_range_opc(b.t, b.r);

	if (a.t->mtp != b.t->mtp || a.t->ni != b.t->ni || !a_dpc || !b_dpc)
		return false;
	if (a.t->mtp == CONFIG_MTP_LOCAL ? !text_equal(a.t->mtp_path, b.t->mtp_path)
					 : a.t->cs7_instance != b.t->cs7_instance)
		return false;
	if (!config_check_knows_codes(k, a.t))
		return text_equal(a_opc, b_opc) && text_equal(a_dpc, b_dpc);
	return config_check_point_code(k, a.t, a_opc) == config_check_point_code(k, b.t, b_opc) &&
	       config_check_point_code(k, a.t, a_dpc) == config_check_point_code(k, b.t, b_dpc);
}

/* Do the names or ports of the media gateway's circuits come from their numbers? */
static bool counts_terminations(const struct config_media *m)
{
	return m && (m->rtp_address || (m->endpoint && strchr(m->endpoint, '%')));
}

static bool same_terminations(const struct config_check *k, struct place a, struct place b)
{
	unsigned int x = config_range_termination(a.r), y = config_range_termination(b.r);

	return text_equal(a.t->media, b.t->media) && a.t->media &&
	       counts_terminations(config_media_find(k->c, a.t->media)) &&
	       x <= y + (b.r->last - b.r->first) && y <= x + (a.r->last - a.r->first);
}

/* clash: whether b is to be blamed for terminations, too. */
static bool check_pair(struct config_check *k, struct place a, struct place b, bool clash)
{
	if (same_relation(k, a, b)) {
		if (a.r->first > b.r->last || b.r->first > a.r->last)
			return false;
		config_complain(k, a.r->line,
				"trunk-group %s: circuits %u-%u overlap with trunk-group %s "
				"(%u-%u, same point codes)",
				a.t->name, a.r->first, a.r->last, b.t->name, b.r->first, b.r->last);
	} else if (clash && same_terminations(k, a, b)) {
		config_complain(k, a.r->line,
				"trunk-group %s: circuits %u-%u: trunk-group %s (%u-%u) has these "
				"terminations of media-gateway %s; give one of them others "
				"(termination N)",
				a.t->name, a.r->first, a.r->last, b.t->name, b.r->first, b.r->last,
				a.t->media);
		return true;
	}
	return false;
}

/* Each pair once, at the later one; a clash of terminations is told once a range. */
static void check_others(struct config_check *k, struct place a)
{
	bool clash = false;
	struct place b;

	llist_for_each_entry(b.t, &k->c->trunks, list) {
		if (b.t->type != CONFIG_TRUNK_ISUP)
			continue;
		for (b.r = b.t->ranges; b.r < b.t->ranges + b.t->n_ranges; b.r++) {
			if (b.r == a.r)
				return;
			clash |= check_pair(k, a, b, !clash);
		}
	}
}

static void check_code(struct config_check *k, struct place a, const char *which, const char *pc)
{
	int rc = config_check_point_code(k, a.t, pc);

	if (rc < 0 && rc != -ENODEV)
		config_complain(k, a.r->line,
				"trunk-group %s: circuits %u-%u: point-code %s %s is not a point "
				"code of its network",
				a.t->name, a.r->first, a.r->last, which, pc);
	config_check_bits(k, a.t, a.r->line, which, rc);
}

/* Codes of its own; those of the trunk group are checked there. */
static void check_codes(struct config_check *k, struct place a)
{
	const char *opc = config_range_opc(a.t, a.r), *dpc = config_range_dpc(a.t, a.r);
	int remote;

	if (!dpc)
		config_complain(k, a.r->line,
				"trunk-group %s: circuits %u-%u: point-code PC is missing, and the "
				"trunk group has no point-code remote",
				a.t->name, a.r->first, a.r->last);
	if (!config_check_knows_codes(k, a.t) || !a.r->dpc)
		return;
	check_code(k, a, "remote", dpc);
	if (a.r->opc)
		check_code(k, a, "local", a.r->opc);
	remote = config_check_point_code(k, a.t, dpc);
	if (remote >= 0 && remote == config_check_point_code(k, a.t, opc))
		config_complain(k, a.r->line,
				"trunk-group %s: circuits %u-%u: point-code %s is our own",
				a.t->name, a.r->first, a.r->last, dpc);
}

static void check_numbers(struct config_check *k, struct place a)
{
	const struct config_media *m = a.t->media ? config_media_find(k->c, a.t->media) : NULL;
	unsigned int max = (1u << config_dialect_find(a.t->dialect)->cic_bits) - 1;
	unsigned int last = config_range_termination(a.r) + (a.r->last - a.r->first);

	if (a.r->last > max)
		config_complain(k, a.r->line,
				"trunk-group %s: circuits %u-%u: the highest CIC of dialect %s is "
				"%u",
				a.t->name, a.r->first, a.r->last, a.t->dialect, max);
	if (m && m->rtp_address && m->rtp_base_port + 2u * last > UINT16_MAX - 1)
		config_complain(k, a.r->line,
				"trunk-group %s: circuits %u-%u: media-gateway %s has no RTP port "
				"for %u",
				a.t->name, a.r->first, a.r->last, m->name, last);
}

void config_check_circuits(struct config_check *k, const struct config_trunk *t)
{
	struct place a = { .t = t };

	if (t->n_ranges == 0)
		config_complain(k, t->line, "trunk-group %s: circuits RANGE is missing", t->name);
	for (a.r = t->ranges; a.r < t->ranges + t->n_ranges; a.r++) {
		check_codes(k, a);
		check_numbers(k, a);
		check_others(k, a);
	}
}
