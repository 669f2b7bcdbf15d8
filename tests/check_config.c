/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Configuration as text: files and what is said about them, written and read again, commands of a
 * session, look-ups. */
#include <check.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>
#include <osmocom/vty/command.h>

#include "config/internal.h"
#include "config/match.h"
#include "isup/dialect.h"
#include "tests/conf.h"

static struct config *conf;

/* Instances 0, 1 and 3 are 1.1.1 in 3-8-3 form, 2 has no point code of its own, 4 is 1.1.1 of
 * ANSI. */
static int fake_pc(void *ctx, unsigned int instance, const char *pc)
{
	const struct config_dialect *d = config_dialect_find(instance == 4 ? "ansi" : "itu");

	if (instance > 4)
		return -ENODEV;
	if (!pc)
		return instance == 2 ? -ENOENT : config_pc_parse("1.1.1", d);
	return config_pc_parse(pc, d);
}

static char *load(const char *name, unsigned int *ret_n)
{
	ck_assert_int_eq(chdir(conf_path("tests/golden/conf")), 0);
	return conf_load(conf, name, fake_pc, ret_n);
}

/* --- files and their complaints --- */

static const char *const goldens[] = {
	"full",	     "minimal",	  "lines",  "cross", "no-listen",
	"exchanges", "structure", "octets", "empty",
};

START_TEST(golden)
{
	char name[64], *said, *want;

	snprintf(name, sizeof(name), "%s.cfg", goldens[_i]);
	said = load(name, NULL);
	snprintf(name, sizeof(name), "%s.err", goldens[_i]);
	if (getenv("UPDATE_GOLDEN")) {
		FILE *f = fopen(name, "we");

		fputs(said, f);
		fclose(f);
	}
	want = conf_slurp(name);
	ck_assert_str_eq(said, want);
	free(said);
	free(want);
}
END_TEST

START_TEST(no_golden_is_forgotten)
{
	DIR *d = opendir(conf_path("tests/golden/conf"));
	unsigned int n = 0;
	struct dirent *e;

	ck_assert_ptr_nonnull(d);
	while ((e = readdir(d)))
		n += strlen(e->d_name) > 4 &&
		     strcmp(e->d_name + strlen(e->d_name) - 4, ".cfg") == 0;
	closedir(d);
	ck_assert_uint_eq(n, ARRAY_SIZE(goldens));
}
END_TEST

START_TEST(unreadable)
{
	unsigned int n;
	char *said = conf_load(conf, "/nonexistent/tollgate.cfg", fake_pc, &n);

	ck_assert_str_eq(said,
			 "/nonexistent/tollgate.cfg: cannot be read: No such file or directory\n");
	ck_assert_uint_eq(n, 1);
	free(said);
	said = conf_load(conf, "/", fake_pc, &n);
	ck_assert_str_eq(said, "/: cannot be read: Is a directory\n");
	free(said);
}
END_TEST

/* --- written and read again --- */

START_TEST(written_as_read)
{
	char *said = load("full.cfg", NULL), *want = conf_slurp("full.cfg"),
	     *written = conf_written();

	ck_assert_str_eq(said, "");
	ck_assert_str_eq(written, want);
	free(said);
	free(want);
	free(written);
}
END_TEST

/* Defaults are written so that they read back as defaults: a second pass changes nothing. */
START_TEST(defaults_stay)
{
	char path[] = "/tmp/tollgate-check-XXXXXX", *said, *first, *second;

	ck_assert_int_eq(chdir(conf_path("tests/golden/conf")), 0);
	conf_rewrite(conf, "minimal.cfg", path, fake_pc);
	first = conf_slurp(path);
	said = conf_load(conf, path, fake_pc, NULL);
	unlink(path);
	second = conf_written_all();
	ck_assert_str_eq(said, "");
	ck_assert_str_eq(first, second);
	free(said);
	free(first);
	free(second);
}
END_TEST

/* The commands of our nodes that the manual explains, a line each: what stands behind .TP or .TQ,
 * without markup. */
static char *manual(void)
{
	char *text = conf_slurp(conf_path("docs/tollgate.cfg.5")), *line, *save, *out, *to;
	bool ours = false, tag = false;

	to = out = calloc(1, strlen(text) + 1);
	for (line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		if (strncmp(line, ".SH", 3) == 0)
			ours = strncmp(line, ".SH NODE", 8) == 0;
		for (line += tag ? strcspn(line, " ") + 1 : 0; ours && tag && *line; line++)
			if (!strchr("\\\"", *line) && (*line != ' ' || to[-1] != ' '))
				*to++ = *line;
		if (ours && tag)
			*to++ = '\n';
		tag = strcmp(line, ".TP") == 0 || strcmp(line, ".TQ") == 0;
	}
	free(text);
	return out;
}

/* Does a line of text begin with these words? */
static bool line_begins(const char *text, const char *words)
{
	size_t len = strlen(words);

	for (; text; text = strchr(text, '\n')) {
		text += *text == '\n';
		if (strncmp(text, words, len) == 0 && strchr(" \n([<", text[len]))
			return true;
	}
	return false;
}

/* The command's fixed words at its beginning: "mtp sigtran <0-15>" -> "mtp sigtran". */
static void fixed_words(char *words, size_t size, const char *command)
{
	size_t len = strcspn(command, "<([.ABCDEFGHIJKLMNOPQRSTUVWXYZ");

	while (len && command[len - 1] == ' ')
		len--;
	snprintf(words, size, "%.*s", (int)len, command);
}

/* Every command of our nodes, but "no" forms and the one with a single value, stands in full.cfg:
 * written and read above. And all are in the manual. */
START_TEST(every_command_is_in_full)
{
	static const char *const ours[] = {
		"help", "list", "write", "exit", "end", "show", "no", "who", "echo",
	};
	char *full = conf_slurp(conf_path("tests/golden/conf/full.cfg")), *man = manual(), *list,
	     *line, word[64], *save, *commands;
	struct vty *vty = vty_new();
	unsigned int i, n = 0;
	size_t size;
	FILE *f = open_memstream(&commands, &size);
	int rc, node;

	vty->type = VTY_FILE;
	for (node = CONFIG_NODE_SIP; node < CONFIG_NODE_END; node++) {
		vty->node = node;
		list = conf_command(vty, "list", &rc);
		for (line = strtok_r(list, "\r\n", &save); line;
		     line = strtok_r(NULL, "\r\n", &save)) {
			line += strspn(line, " ");
			snprintf(word, sizeof(word), " %.*s", (int)strcspn(line, " "), line);
			for (i = 0; i < ARRAY_SIZE(ours) && strcmp(word + 1, ours[i]) != 0; i++)
				;
			if (i < ARRAY_SIZE(ours))
				continue;
			n++;
			if (strncmp(line, "dialect", 7) != 0)
				ck_assert_msg(strstr(full, word),
					      "node %d: '%s' is not in full.cfg", node, line);
			fixed_words(word, sizeof(word), line);
			ck_assert_msg(line_begins(man, word), "node %d: '%s' is not in the manual",
				      node, line);
			fprintf(f, "%s\n", line);
		}
		free(list);
	}
	ck_assert_uint_gt(n, 40);
	fclose(f);
	for (line = strtok_r(man, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		fixed_words(word, sizeof(word), line);
		ck_assert_msg(line_begins(commands, word), "'%s' of the manual is no command",
			      line);
	}
	free(commands);
	free(full);
	free(man);
}
END_TEST

/* --- values --- */

START_TEST(values_of_full)
{
	const struct config_trunk *t;
	const struct config_media *m;

	free(load("full.cfg", NULL));
	ck_assert_uint_eq(conf->n_listen, 3);
	ck_assert_int_eq(conf->listen[1].transport, CONFIG_TCP);
	ck_assert_uint_eq(conf->sip_max_cps, 250);
	ck_assert_uint_eq(conf->sip_t1_ms, 250);
	ck_assert(!conf->cdr_sync);
	ck_assert_uint_eq(conf_tdefs[1].val, 2);
	m = config_media_find(conf, "mgw");
	ck_assert_uint_eq(m->remote_port, 2428);
	ck_assert_str_eq(m->endpoint, "ds/e1-%p/%t");
	t = config_trunk_find(conf, "all");
	ck_assert_int_eq(t->line, 26);
	ck_assert_uint_eq(t->cs7_instance, 3);
	ck_assert_uint_eq(t->n_ranges, 8);
	ck_assert_str_eq(config_range_dpc(t, &t->ranges[3]), "1.1.2");
	ck_assert_uint_eq(config_range_termination(&t->ranges[3]), 2000);
	ck_assert_str_eq(config_range_dpc(t, &t->ranges[6]), "1.1.3");
	ck_assert_str_eq(config_range_opc(t, &t->ranges[6]), "1.2.1");
	ck_assert_uint_eq(config_range_termination(&t->ranges[6]), 96);
	ck_assert_uint_eq(t->ranges[2].first, 40);
	ck_assert_uint_eq(t->ranges[2].last, 40);
	ck_assert_uint_eq(t->ni, 0);
	ck_assert_uint_eq(t->location, 3);
	ck_assert_uint_eq(t->tmr, 0);
	ck_assert_uint_eq(t->nci_satellite, 1);
	ck_assert(t->nci_echo && t->send_st && t->isup_all_the_way && !t->reset_at_start);
	t = config_trunk_find(conf, "carrier");
	ck_assert_int_eq(t->targets[1].transport, CONFIG_TCP);
	ck_assert_uint_eq(t->accept[0].bits, 24);
	ck_assert_uint_eq(t->accept[0].octet_bits, 120);
	ck_assert(t->isup_required && t->send_pai && t->trust_pai && !t->early_media);
	ck_assert_int_eq(t->isup_body, CONFIG_ISUP_SIP_I);
	ck_assert_int_eq(t->isup_trust, CONFIG_TRUST_LISTED);
	ck_assert_str_eq(t->dialect, "etsi");
	ck_assert_str_eq(t->isup_version, "X-carrier");
	ck_assert_str_eq(t->isup_base, "etsi356");
	ck_assert_uint_eq(t->interworking, 4);
	ck_assert_str_eq(t->mappings[1].value, "500");
	ck_assert_uint_eq(t->local_port, 5064);
	ck_assert_int_eq(t->rel100, CONFIG_100REL_REQUIRED);
}
END_TEST

START_TEST(defaults)
{
	const struct config_trunk *t;

	free(load("minimal.cfg", NULL));
	t = config_trunk_find(conf, "pstn");
	ck_assert_uint_eq(t->ni, 2);
	ck_assert_str_eq(t->dialect, "itu");
	ck_assert_uint_eq(t->category, 10);
	ck_assert_uint_eq(t->tmr, 3);
	ck_assert_uint_eq(t->location, 10);
	ck_assert(t->reset_at_start && !t->send_st && !t->isup_all_the_way);
	ck_assert(t->mtp == CONFIG_MTP_LOCAL && !t->mtp_listen);
	t = config_trunk_find(conf, "voip");
	ck_assert_uint_eq(t->targets[0].port, 5060 + 10);
	ck_assert_ptr_null(t->isup_version);
	ck_assert_str_eq(t->dialect, "itu");
	ck_assert_int_eq(t->isup_body, CONFIG_ISUP_NONE);
	ck_assert_int_eq(t->isup_trust, CONFIG_TRUST_ALL);
	ck_assert_uint_eq(t->interworking, 0);
	ck_assert_uint_eq(t->category, 10);
	ck_assert(t->early_media && t->rel100 == CONFIG_100REL_SUPPORTED && !t->isup_required &&
		  !t->trust_pai);
	ck_assert(conf->cdr_sync && !conf->cdr_file);
	ck_assert_uint_eq(conf->sip_t1_ms, 500);
	ck_assert_uint_eq(conf_tdefs[0].val, 15);
}
END_TEST

/* --- a session --- */

static struct { const char *command; const char *said; } session[] = {
	{ "trunk-group voip sip", "" },
	{ "no target 127.0.0.1 5070", "" },
	{ "no target 127.0.0.1 5070", "% there is no such target\r\n" },
	{ "target a.example", "" },
	{ "target a.example", "% it is a target already\r\n" },
	{ "accept-from 10.0.0.0/8", "" },
	{ "accept-from 10.0.0.0/8", "% it is accepted already\r\n" },
	{ "no accept-from 10.0.0.0/8", "" },
	{ "mapping cause 34 480", "" },
	{ "mapping cause 34 503", "" },
	{ "mapping cause 21-user 480", "" },
	{ "mapping cause 34 200",
	  "% the table does not know this value\r\n" },
	{ "mapping cause 128 480", "% the table has no such row\r\n" },
	{ "mapping causes 1 480", "% no mapping table has this name\r\n" },
	{ "no mapping cause 34", "" },
	{ "no mapping cause 34", "% there is no such row\r\n" },
	{ "no mapping cause 21-user", "" },
	{ "isup-body sip-i", "" },
	{ "isup-handling required", "" },
	{ "isup-trust none", "" },
	{ "no isup-trust", "" },
	{ "no isup-handling", "" },
	{ "no isup-body", "" },
	{ "max-calls 7", "" },
	{ "no max-calls", "" },
	{ "country-code 44", "" },
	{ "country-code 440", "% a country code of E.164 is needed, e.g. 49\r\n" },
	{ "no country-code", "" },
	{ "no early-media", "" },
	{ "early-media", "" },
	{ "exit", "" },
	{ "trunk-group pstn isup", "" },
	{ "no circuits 1-4095", "" },
	{ "no circuits 1-4095", "% there is no such range\r\n" },
	{ "circuits 5", "" },
	{ "no reset-at-start", "" },
	{ "continuity-check every 20", "" },
	{ "continuity-check never", "" },
	{ "exit", "" },
	{ "trunk-group pstn sip", "% it is of the other kind\r\n" },
	{ "route-table all", "" },
	{ "no prefix any trunk-group voip", "" },
	{ "no prefix any trunk-group voip", "% there is no such route\r\n" },
	{ "exit", "" },
	{ "sip", "" },
	{ "no listen udp 127.0.0.1 5060", "" },
	{ "no listen udp 127.0.0.1 5060", "% it does not listen there\r\n" },
	{ "exit", "" },
	{ "isup", "" },
	{ "timer T7 20", "" },
	{ "no timer T7", "" },
	{ "timer X3 99", "% 100 ms or more are allowed\r\n" },
	{ "timer X3 60000", "" },
	{ "timer T7 31", "% 20 to 30 s are allowed\r\n" },
	{ "timer TCVT 5", "% there is no such timer\r\n" },
	{ "timer ansi T7 25", "% there is no such timer\r\n" },
	{ "timer ansi T1 16", "% 4 to 15 s are allowed\r\n" },
	{ "timer ansi T1 5", "" },
	{ "timer ansi TCVT 5", "" },
	{ "no timer ansi T1", "" },
	{ "no timer-limits", "" },
	{ "timer T7 0", "% it must not be 0\r\n" },
	{ "timer T7 1", "" },
	{ "timer ansi T1 1", "" },
	{ "no timer ansi T1", "" },
	{ "timer-limits", "" },
	{ "timer T7 1", "% 20 to 30 s are allowed\r\n" },
	{ "no timer T7", "" },
	{ "exit", "" },
	{ "no media-gateway none", "" },
	{ "no media-gateway none", "% there is no such media gateway\r\n" },
	{ "no route-table none", "% there is no such route table\r\n" },
};

static const char *const after_session =
	"sip\n"
	"isup\n timer X3 60000\n timer ansi TCVT 5\n"
	"trunk-group pstn isup\n route-table all\n mtp local /tmp/mtp connect\n circuits 5\n "
	"point-code local 1\n"
	" point-code remote 2\n no reset-at-start\n media-gateway none\n"
	"trunk-group voip sip\n route-table all\n target a.example 5060 udp\n"
	"route-table all\n prefix 49 trunk-group pstn\n"
	"cdr\n";

START_TEST(a_session)
{
	struct vty *vty = vty_new();
	char *said;
	unsigned int i;
	int rc;

	free(load("minimal.cfg", NULL));
	vty->type = VTY_TERM;
	vty->node = CONFIG_NODE;
	for (i = 0; i < ARRAY_SIZE(session); i++) {
		said = conf_command(vty, session[i].command, &rc);
		ck_assert_msg(strcmp(said, session[i].said) == 0, "%s: said '%s'",
			      session[i].command, said);
		ck_assert_msg(rc == (*said ? CMD_WARNING : CMD_SUCCESS), "%s: %d",
			      session[i].command, rc);
		free(said);
	}
	said = conf_written();
	ck_assert_str_eq(said, after_session);
	free(said);
}
END_TEST

/* One session deletes what another is in. */
START_TEST(deleted_under_another_session)
{
	static const char *const steps[][4] = {
		{ "trunk-group voip sip", "no trunk-group voip", "target 192.0.2.1",
		  "max-calls 5" },
		{ "trunk-group pstn isup", "no trunk-group pstn", "circuits 1", "hunt lowest" },
		{ "media-gateway none", "no media-gateway none", "remote 192.0.2.1",
		  "keepalive 5" },
		{ "route-table all", "no route-table all", "prefix 49 trunk-group voip",
		  "no prefix any trunk-group voip" },
	};
	struct vty *one = vty_new(), *two = vty_new();
	unsigned int i, j;
	char *said;
	int rc;

	free(load("minimal.cfg", NULL));
	one->type = two->type = VTY_TERM;
	for (i = 0; i < ARRAY_SIZE(steps); i++) {
		one->node = two->node = CONFIG_NODE;
		free(conf_command(one, steps[i][0], &rc));
		ck_assert_int_eq(rc, CMD_SUCCESS);
		free(conf_command(two, steps[i][1], &rc));
		ck_assert_int_eq(rc, CMD_SUCCESS);
		for (j = 2; j < 4; j++) {
			said = conf_command(one, steps[i][j], &rc);
			ck_assert_int_eq(rc, CMD_WARNING);
			ck_assert_str_eq(said, "% it has been deleted by another session\r\n");
			free(said);
		}
		free(conf_command(one, "exit", &rc));
	}
}
END_TEST

static void fill(const char *enter, const char *fmt, unsigned int allowed)
{
	struct vty *vty = vty_new();
	char command[96];
	unsigned int i;
	int rc;

	vty->type = VTY_TERM;
	vty->node = CONFIG_NODE;
	if (*enter)
		free(conf_command(vty, enter, &rc));
	for (i = 0; i <= allowed; i++) {
		snprintf(command, sizeof(command), fmt, i + 1);
		free(conf_command(vty, command, &rc));
		ck_assert_msg(rc == (i < allowed ? CMD_SUCCESS : CMD_WARNING), "%s: %d", command,
			      rc);
		if (!*enter)
			vty->node = CONFIG_NODE;
	}
}

START_TEST(limits)
{
	fill("sip", "listen udp 192.0.2.%u 5060", CONFIG_MAX_LISTEN);
	fill("trunk-group t sip", "target 192.0.2.%u", CONFIG_MAX_TARGETS);
	fill("trunk-group t sip", "accept-from 192.0.2.%u", CONFIG_MAX_PREFIXES);
	fill("trunk-group t sip", "mapping cause %u 480", CONFIG_MAX_MAPPINGS);
	fill("trunk-group i isup", "circuits %u", CONFIG_MAX_RANGES);
	fill("", "media-gateway m%u", CONFIG_MAX_MEDIAS);
	fill("", "route-table r%u", CONFIG_MAX_TABLES);
	fill("", "trunk-group g%u isup", CONFIG_MAX_TRUNKS - 2);
}
END_TEST

/* --- look-ups --- */

/* who takes a request from this port of theirs at that port of ours */
struct source { const char *from; uint16_t theirs, ours; const char *trunk; };
static const struct source sources[] = {
	{ "192.0.2.1", 5070, 5060, "peer" },
	{ "192.0.2.2", 5060, 5060, "net" },
	{ "192.0.2.130", 5060, 5060, "half" },
	{ "192.0.2.130", 5060, 5062, "half-5062" },
	{ "192.0.2.130", 5060, 0, "half" },
	{ "192.0.3.1", 5060, 5060, "all" },
	{ "192.0.3.1", 5060, 5062, "all" },
	{ "198.51.100.1", 5060, 5062, "only-5062" },
	{ "198.51.100.1", 5060, 5060, "all" },
	{ "198.51.100.1", 5060, 0, "only-5062" },
	{ "203.0.113.1", 5081, 5060, "east" },
	{ "203.0.113.1", 5082, 5062, "west" },
	{ "203.0.113.1", 5081, 5062, "west" },		/* our port counts more than theirs */
	{ "203.0.113.1", 5082, 0, "west" },
	{ "203.0.113.1", 5083, 0, "east" },		/* the first */
	{ "2001:db8::7", 5060, 5060, "six" },
	{ "2001:db9::7", 5060, 5060, "all-six" },
	{ "::ffff:192.0.2.1", 5060, 5060, "peer" },
	{ "::ffff:192.0.3.1", 5060, 5060, "all" },
	{ "192.0.4.7", 5060, 5060, "mapped" },
};

static const char *const accepting[] = {
	"trunk-group all-six sip", "accept-from ::/0", "exit",
	"trunk-group all sip", "accept-from 0.0.0.0/0", "target a.example", "exit",
	"trunk-group net sip", "accept-from 192.0.2.0/24", "exit",
	"trunk-group half sip", "accept-from 192.0.2.128/25", "exit",
	"trunk-group half-5062 sip", "accept-from 192.0.2.128/25", "local-port 5062", "exit",
	"trunk-group peer sip", "target 192.0.2.1 5070", "exit",
	"trunk-group only-5062 sip", "target 198.51.100.1", "local-port 5062", "exit",
	"trunk-group east sip", "target 203.0.113.1 5081", "exit",
	"trunk-group west sip", "target 203.0.113.1 5082", "local-port 5062", "exit",
	"trunk-group six sip", "accept-from 2001:db8::/33", "exit",
	"trunk-group mapped sip", "accept-from ::ffff:192.0.4.0/120", "exit",
	"trunk-group pstn isup", "exit",
};

static const char *who(const struct source *s)
{
	struct config_source from = { .port = s->theirs, .local_port = s->ours };
	const struct config_trunk *t, *best = NULL;
	unsigned int fit, best_fit = 0;
	struct config_prefix p;

	ck_assert_int_eq(config_prefix_parse(&p, s->from), 0);
	memcpy(from.octets, p.octets, sizeof(from.octets));
	llist_for_each_entry(t, &conf->trunks, list) {
		fit = config_trunk_accepts(t, &from);
		if (fit > best_fit) {
			best_fit = fit;
			best = t;
		}
	}
	return best ? best->name : "nobody";
}

START_TEST(who_accepts)
{
	struct vty *vty = vty_new();
	unsigned int i;
	int rc;

	vty->type = VTY_TERM;
	vty->node = CONFIG_NODE;
	for (i = 0; i < ARRAY_SIZE(accepting); i++) {
		free(conf_command(vty, accepting[i], &rc));
		ck_assert_msg(rc == CMD_SUCCESS, "%s", accepting[i]);
	}
	for (i = 0; i < ARRAY_SIZE(sources); i++)
		ck_assert_msg(!strcmp(who(&sources[i]), sources[i].trunk), "%s %u at %u: %s",
			      sources[i].from, sources[i].theirs, sources[i].ours,
			      who(&sources[i]));
	free(conf_command(vty, "no trunk-group all", &rc));
	ck_assert_str_eq(who(&sources[0]), "peer");
	ck_assert_str_eq(who(&sources[6]), "nobody");
}
END_TEST

START_TEST(point_codes)
{
	const struct config_dialect *itu = config_dialect_find("itu");
	const struct config_dialect *ansi = config_dialect_find("ansi");

	ck_assert_int_eq(config_pc_parse("1.1.1", itu), 2057);
	ck_assert_int_eq(config_pc_parse("1-1-2", itu), 2058);
	ck_assert_int_eq(config_pc_parse("7.255.7", itu), 16383);
	ck_assert_int_eq(config_pc_parse("16383", itu), 16383);
	ck_assert_int_eq(config_pc_parse("0", itu), 0);
	ck_assert_int_eq(config_pc_parse("16384", itu), -EINVAL);
	ck_assert_int_eq(config_pc_parse("99999999999999999999", itu), -EINVAL);
	ck_assert_int_eq(config_pc_parse("8.1.1", itu), -EINVAL);
	ck_assert_int_eq(config_pc_parse("1.256.1", itu), -EINVAL);
	ck_assert_int_eq(config_pc_parse("1.1.8", itu), -EINVAL);
	ck_assert_int_eq(config_pc_parse("1.1", itu), -EINVAL);
	ck_assert_int_eq(config_pc_parse("1.1.1.1", itu), -EINVAL);
	ck_assert_int_eq(config_pc_parse("1..1", itu), -EINVAL);
	ck_assert_int_eq(config_pc_parse("-1", itu), -EINVAL);
	ck_assert_int_eq(config_pc_parse("", itu), -EINVAL);
	ck_assert_int_eq(config_pc_parse("255.255.255", ansi), 0xffffff);
	ck_assert_int_eq(config_pc_parse("1-2-3", ansi), 0x10203);
	ck_assert_int_eq(config_pc_parse("16777215", ansi), 0xffffff);
	ck_assert_int_eq(config_pc_parse("16777216", ansi), -EINVAL);
	ck_assert_int_eq(config_pc_parse("1.256.3", ansi), -EINVAL);
}
END_TEST

START_TEST(dialects)
{
	const struct isup_dialect *d = NULL;

	while ((d = isup_dialect_next(d))) {
		const struct config_dialect *c = config_dialect_find(d->name);

		ck_assert_msg(c != NULL, "%s", d->name);
		ck_assert_uint_eq(c->cic_bits, d->cic_bits);
		ck_assert_uint_eq(config_dialect_pc_bits(c), d->point_code_bits);
	}
	ck_assert_ptr_null(config_dialect_find("bicc"));
}
END_TEST

START_TEST(country_codes)
{
	static const char *const good[] = {
		"1", "7", "20", "44", "49", "98", "212", "420", "999", "800",
	};
	static const char *const bad[] = {
		"", "0", "049", "11", "71", "4", "491", "21", "4200", "+49", "4a",
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(good); i++)
		ck_assert_msg(config_country_code_ok(good[i]), "%s", good[i]);
	for (i = 0; i < ARRAY_SIZE(bad); i++)
		ck_assert_msg(!config_country_code_ok(bad[i]), "%s", bad[i]);
}
END_TEST

START_TEST(nodes)
{
	ck_assert(!config_is_node(CONFIG_NODE));
	ck_assert(!config_is_node(L_CS7_NODE));
	ck_assert(config_is_node(CONFIG_NODE_SIP));
	ck_assert(config_is_node(CONFIG_NODE_CDR));
	ck_assert(!config_is_node(CONFIG_NODE_END));
	ck_assert_int_eq(config_go_parent_node(CONFIG_NODE_TRUNK_SIP), CONFIG_NODE);
	ck_assert_int_eq(config_go_parent_node(L_CS7_ASP_NODE), -1);
}
END_TEST

int main(void)
{
	void *ctx = talloc_named_const(NULL, 0, "check_config");
	Suite *s = suite_create("config");
	TCase *tc = tcase_create("config");
	SRunner *sr;
	int failed;

	conf = conf_init(ctx);
	suite_add_tcase(s, tc);
	tcase_add_loop_test(tc, golden, 0, ARRAY_SIZE(goldens));
	tcase_add_test(tc, no_golden_is_forgotten);
	tcase_add_test(tc, unreadable);
	tcase_add_test(tc, written_as_read);
	tcase_add_test(tc, defaults_stay);
	tcase_add_test(tc, every_command_is_in_full);
	tcase_add_test(tc, values_of_full);
	tcase_add_test(tc, defaults);
	tcase_add_test(tc, a_session);
	tcase_add_test(tc, deleted_under_another_session);
	tcase_add_test(tc, limits);
	tcase_add_test(tc, who_accepts);
	tcase_add_test(tc, point_codes);
	tcase_add_test(tc, dialects);
	tcase_add_test(tc, country_codes);
	tcase_add_test(tc, nodes);
	sr = srunner_create(s);
	srunner_set_fork_status(sr, CK_FORK);	/* each test has its own VTY */
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
