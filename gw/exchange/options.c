/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line of tollgate-exchange: one row an option. */
#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/utils.h>

#include "gw/exchange/options.h"
#include "isup/dialect.h"

static bool set_opc(struct options *o, const char *arg)
{
	o->opc = arg;
	return true;
}

static bool set_dpc(struct options *o, const char *arg)
{
	o->dpc = arg;
	return true;
}

static bool set_dialect(struct options *o, const char *arg)
{
	o->cfg.dialect = isup_dialect_find(arg);
	return o->cfg.dialect;
}

static bool set_cics(struct options *o, const char *arg)
{
	return cic_list_parse(arg, o->cfg.cics);
}

/* local:PATH[:listen] or sigtran:FILE */
static bool set_mtp(struct options *o, const char *arg)
{
	const char *path = strchr(arg, ':');
	size_t n;

	if (!path || strlen(++path) >= sizeof(o->mtp_path))
		return false;
	osmo_strlcpy(o->mtp_path, path, sizeof(o->mtp_path));
	n = strlen(path);
	if (!strncmp(arg, "sigtran:", 8)) {
		o->mtp = MTP_SIGTRAN;
	} else if (!strncmp(arg, "local:", 6)) {
		o->mtp = MTP_LOCAL;
		o->listen = n > 7 && !strcmp(path + n - 7, ":listen");
		if (o->listen)
			o->mtp_path[n - 7] = '\0';
	}
	return o->mtp != MTP_NONE && o->mtp_path[0];
}

static bool number(const char *arg, double max, double *ret)
{
	char *end;

	*ret = strtod(arg, &end);
	return isdigit((unsigned char)*arg) && *end == '\0' && *ret <= max;
}

static bool whole(const char *arg, uint64_t max, uint64_t *ret)
{
	char *end;

	errno = 0;
	*ret = strtoull(arg, &end, 10);
	return isdigit((unsigned char)*arg) && *end == '\0' && !errno && *ret <= max;
}

static bool small(const char *arg, uint64_t max, unsigned int *ret)
{
	uint64_t value;

	if (!whole(arg, max, &value))
		return false;
	*ret = value;
	return true;
}

static bool octet(const char *arg, uint64_t max, uint8_t *ret)
{
	unsigned int value;

	if (!small(arg, max, &value))
		return false;
	*ret = value;
	return true;
}

static bool one_of(const char *arg, const char *const *words, unsigned int n, unsigned int *ret)
{
	for (*ret = 0; *ret < n; ++*ret)
		if (!strcmp(words[*ret], arg))
			return true;
	return false;
}

static bool set_scenario(struct options *o, const char *arg)
{
	if (o->n_scenarios == OPT_MAX_SCENARIOS)
		return false;
	o->scenarios[o->n_scenarios++] = arg;
	return true;
}

static bool set_ni(struct options *o, const char *arg)
{
	return octet(arg, 3, &o->cfg.ni);
}

static bool set_nai(struct options *o, const char *arg)
{
	return octet(arg, 127, &o->cfg.nai);
}

static bool set_called(struct options *o, const char *arg)
{
	o->cfg.called = arg;
	return number_pattern_ok(arg);
}

static bool set_calling(struct options *o, const char *arg)
{
	o->cfg.calling = arg;
	return !*arg || number_pattern_ok(arg);
}

static bool set_place(struct options *o, const char *arg)
{
	o->place = arg;
	o->place_calls = true;
	return *arg;
}

static bool set_rate(struct options *o, const char *arg)
{
	o->place_calls = true;
	return number(arg, 100000, &o->cfg.rate) && o->cfg.rate > 0;
}

static bool set_calls(struct options *o, const char *arg)
{
	return whole(arg, 1000000000000ULL, &o->cfg.calls);
}

static bool set_hold(struct options *o, const char *arg)
{
	return scn_duration(arg, &o->settings.hold_ms);
}

static bool set_answer_delay(struct options *o, const char *arg)
{
	return scn_duration(arg, &o->settings.answer_delay_ms);
}

static bool set_expect(struct options *o, const char *arg)
{
	return scn_duration(arg, &o->settings.expect_ms);
}

static bool set_max_concurrent(struct options *o, const char *arg)
{
	return small(arg, XCH_CICS, &o->cfg.max_concurrent);
}

static bool set_dual(struct options *o, const char *arg)
{
	static const char *const words[] = { "standard", "yield", "keep" };
	unsigned int value;
	bool ok = one_of(arg, words, ARRAY_SIZE(words), &value);

	o->cfg.dual = value;
	return ok;
}

static bool set_seize(struct options *o, const char *arg)
{
	static const char *const words[] = { "all", "own", "even", "odd" };
	unsigned int value;
	bool ok = one_of(arg, words, ARRAY_SIZE(words), &value);

	o->cfg.seize = value;
	return ok;
}

static bool set_timeout(struct options *o, const char *arg)
{
	return number(arg, 1e7, &o->timeout);
}

static bool set_linger(struct options *o, const char *arg)
{
	return number(arg, 3600, &o->linger);
}

static bool set_stay(struct options *o, const char *arg)
{
	return number(arg, 1e7, &o->stay);
}

static bool set_stats(struct options *o, const char *arg)
{
	return number(arg, 1e7, &o->stats);
}

static bool set_seed(struct options *o, const char *arg)
{
	return small(arg, UINT32_MAX, &o->cfg.seed);
}

static bool set_control(struct options *o, const char *arg)
{
	o->control = o->cfg.events = true;
	return !strcmp(arg, "stdin");
}

static bool set_show(struct options *o, const char *arg)
{
	o->show = arg;
	return scn_builtin_find(arg);
}

#define FLAG(name, what) \
	static bool set_##name(struct options *o, const char *arg) { o->what = true; return true; }
FLAG(check, check)
FLAG(list, list)
FLAG(json, json)
FLAG(trace, trace)
FLAG(quiet, cfg.quiet)
FLAG(help, help)
FLAG(version, version)

static const struct row {
	const char *name;
	char letter;
	const char *arg, *help;		/* arg NULL: a switch */
	bool (*set)(struct options *o, const char *arg);
} rows[] = {
	{ "mtp", 'm', "local:PATH[:listen]|sigtran:FILE",
	  "how to reach the other end: a socket, or M3UA as FILE says", set_mtp },
	{ "opc", 'o', "PC", "own point code, 3-8-3 (1.1.2) or a number", set_opc },
	{ "dpc", 'd', "PC", "point code of the other end", set_dpc },
	{ "dialect", 'D', "itu|etsi|ansi|...", "of ISUP (itu); ANSI has point codes of 8-8-8 bits",
	  set_dialect },
	{ "ni", 'n', "0-3", "network indicator (2)", set_ni },
	{ "cics", 'c', "LIST", "circuits, as 1-31,33-63 (1-31)", set_cics },
	{ "scenario", 's', "FILE|NAME",
	  "a scenario file or a built-in scenario; may be repeated (answer)", set_scenario },
	{ "place", 'p', "NAME", "the call block that places calls (the first; call-answer)",
	  set_place },
	{ "called", 0, "DIGITS",
	  "called number of calls placed: + for international, %6d counts, %6r is random",
	  set_called },
	{ "calling", 0, "DIGITS", "calling number, the same way; empty for none", set_calling },
	{ "nai", 0, "N", "nature of address of numbers without + (3, national)", set_nai },
	{ "rate", 'r', "CPS", "calls placed in a second (1); makes this end place calls",
	  set_rate },
	{ "calls", 'N', "N", "end after so many calls, placed or else answered", set_calls },
	{ "max-concurrent", 0, "N", "calls placed that are on circuits at once",
	  set_max_concurrent },
	{ "hold", 0, "TIME", "$hold in scenarios (0)", set_hold },
	{ "answer-delay", 0, "TIME", "$answer_delay in scenarios (0)", set_answer_delay },
	{ "expect", 0, "TIME", "limit of an expect without within (30s)", set_expect },
	{ "dual", 0, "standard|yield|keep",
	  "who gives way when both ends seize a circuit (standard)", set_dual },
	{ "seize", 0, "all|own|even|odd", "circuits used for calls placed (all)", set_seize },
	{ "seed", 0, "N", "of the random digits (1)", set_seed },
	{ "timeout", 't', "S", "end after so many seconds", set_timeout },
	{ "linger", 0, "S", "how long circuits may take to come to rest at the end (5)",
	  set_linger },
	{ "stay", 0, "S", "answer so many seconds more when the calls placed have ended (0)",
	  set_stay },
	{ "stats", 0, "S", "a line of figures every so many seconds", set_stats },
	{ "control", 0, "stdin", "take commands from standard input", set_control },
	{ "trace", 'T', NULL, "a line for each message, on standard error", set_trace },
	{ "json", 'j', NULL, "the summary as one line of JSON", set_json },
	{ "quiet", 'q', NULL, "tell no single failure", set_quiet },
	{ "check", 0, NULL, "only read the scenarios", set_check },
	{ "list", 'l', NULL, "list the built-in scenarios", set_list },
	{ "show", 0, "NAME", "print a built-in scenario", set_show },
	{ "help", 'h', NULL, "this", set_help },
	{ "version", 'V', NULL, "the version", set_version },
};

void options_usage(FILE *f)
{
	const struct row *r;
	char left[80];

	fputs("tollgate-exchange: an ISUP exchange that does what scenarios say\n\n"
	      "tollgate-exchange --mtp MTP --opc PC --dpc PC [OPTION ...]\n\n", f);
	for (r = rows; r < rows + ARRAY_SIZE(rows); r++) {
		snprintf(left, sizeof(left), "  %c%c --%s %s", r->letter ? '-' : ' ',
			 r->letter ? r->letter : ' ', r->name, r->arg ? r->arg : "");
		fprintf(f, strlen(left) < 38 ? "%-38s%s\n" : "%s\n%38s%s\n", left,
			strlen(left) < 38 ? r->help : "", r->help);
	}
}

static void defaults(struct options *o)
{
	*o = (struct options){
		.cfg = {
			.dialect = &isup_itu, .ni = 2, .nai = 3,
			.called = "4930%6d", .calling = "4989%6d",
			.rate = 1, .seed = 1, .out = stdout, .err = stderr,
		},
		.settings = { .expect_ms = 30000 },
		.linger = 5,
	};
	cic_list_parse("1-31", o->cfg.cics);
}

/* Point codes and circuits fit the dialect, whatever the order of the options. */
static int check_dialect(struct options *o)
{
	const struct isup_dialect *d = o->cfg.dialect;
	unsigned int cic;

	if (!point_code_parse(&o->cfg.opc, o->opc, d->point_code_bits) ||
	    !point_code_parse(&o->cfg.dpc, o->dpc, d->point_code_bits)) {
		fprintf(stderr, "tollgate-exchange: not a point code: %s, %s\n", o->opc, o->dpc);
		return -EINVAL;
	}
	for (cic = 1u << d->cic_bits; cic < XCH_CICS; cic++) {
		if (!(o->cfg.cics[cic / 8] & 1 << cic % 8))
			continue;
		fprintf(stderr, "tollgate-exchange: there is no circuit %u in %s\n", cic, d->name);
		return -EINVAL;
	}
	return 0;
}

static int check(struct options *o)
{
	if (o->help || o->version || o->list || o->show || o->check)
		return 0;
	if (o->opc && o->dpc && check_dialect(o) < 0)
		return -EINVAL;
	if (o->mtp == MTP_NONE || !o->cfg.opc || !o->cfg.dpc || o->cfg.opc == o->cfg.dpc) {
		fputs("tollgate-exchange: --mtp, --opc and --dpc (another) are needed\n", stderr);
		return -EINVAL;
	}
	return 0;
}

int options_parse(struct options *o, int argc, char **argv)
{
	struct option longs[ARRAY_SIZE(rows) + 1] = { 0 };
	char shorts[3 * ARRAY_SIZE(rows)] = "";
	unsigned int i, n = 0;
	int got, index;

	defaults(o);
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		longs[i] = (struct option){ rows[i].name,
					    rows[i].arg ? required_argument : no_argument, NULL,
					    256 + i };
		if (rows[i].letter)
			shorts[n++] = rows[i].letter;
		if (rows[i].letter && rows[i].arg)
			shorts[n++] = ':';
	}
	while ((got = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
		if (got == '?')
			return -EINVAL;
		for (index = 0; got < 256 && rows[index].letter != got; index++)
			;
		index = got < 256 ? index : got - 256;
		if (!rows[index].set(o, optarg)) {
			fprintf(stderr, "tollgate-exchange: --%s: '%s' is not allowed: %s\n",
				rows[index].name, optarg, rows[index].arg);
			return -EINVAL;
		}
	}
	if (optind < argc) {
		fprintf(stderr, "tollgate-exchange: what is '%s'?\n", argv[optind]);
		return -EINVAL;
	}
	return check(o);
}
