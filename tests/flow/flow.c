/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plays .flow files: ladders of a whole call, line by line, against the real call engine.
 *
 *   pstn> TEXT       the exchange sends this ISUP message (the codec's one-line text, with short
 *                    forms: "pstn> IAM called=4:44207 calling=3:89"; "raw HEX"; before
 *                    it "from=1.1.3" when it is the second exchange, at 1.1.3)
 *   pstn< TOKENS     the gateway must have sent this next: message name, then pieces of its text
 *                    (there is "to=1.1.3" when it is for the second exchange)
 *   sip> ...         a SIP peer sends: INVITE, a status, ACK, BYE, CANCEL, INFO, REINVITE, UPDATE,
 *                    PRACK, NOACK, NOPRACK, SILENCE, UNREACHABLE, R200, I405 ... ("sip2>":
 *                    the second dialog); a provisional response of ours that is reliable says "rel"
 *   sip< TOKENS      the gateway must have sent this next; "!x": without x ("sip2<": in the
 *                    second dialog)
 *   media WORDS      a media gateway on paper from now on: see fake_media.h
 *   media< TOKENS    the media gateway must have been asked this next
 *   mtp down, up     the way to the exchanges; "mtp 1.1.3 down": to the second
 *   drain, clear [reason]                      what an operator does
 *   test CIC         continuity of a circuit of trunk group checked, by command
 *   wait S           virtual seconds;  none: nothing may have been sent
 *   held N           fewer octets than N are held for what is up now
 *   cdr TOKENS       the next call record must contain these
 *   vty COMMAND      typed at the gateway's command line; " -> TOKENS": it answers so, " -> !":
 *                    it refuses
 *   mapping TRUNK STANDARD                     the trunk group's column of the rules
 *   mapping TRUNK TABLE ROW VALUE              and a row of its own
 *   set TRUNK SETTING VALUE                    as in the configuration: lab_set() in lab.c
 *   bodies TRUNK WORDS  its ISUP in bodies: none, sip-t, sip-i, optional, required, all, listed,
 *                    untrusted, a dialect
 *   counter NAME N   of `show counters'
 *   trust TRUNK on|off                         numbers that the peer asserts, and ours to it
 *   far: [OPTIONS]   the lines from here to "play:" are a scenario; tollgate-exchange plays it as
 *                    the far exchange (then there is no pstn> and pstn<); options: dual=keep,
 *                    dual=yield, malformed (it must get such), strange (it may get what
 *                    nobody waits for), blocking (the ends may differ)
 *   place NAME [on CIC] [CALLED [CALLING]]   a call block of that scenario
 *   blocked CIC local|remote|local remote|none   who has blocked it, as the gateway knows
 *   forget           what SIP peers were sent so far does not matter
 *   passed N         so many of its blocks have ended as they should
 * At the end nothing may be unread, no circuit busy, no call up, no memory left, and there must be
 * one record a call. */
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/application.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/timer.h>
#include <osmocom/core/utils.h>

#include "gw/call.h"
#include "gw/log.h"
#include "gw/sipt.h"
#include "gw/trunk.h"
#include "isup/continuity.h"
#include "tests/flow/fake_media.h"
#include "tests/flow/fake_sip.h"
#include "tests/flow/flow.h"

void flow_bad(struct flow *f, const char *what, const char *text)
{
	if (!f->failed)
		printf("%s:%d: %s%s%s\n", f->file, f->line, what, text ? ": " : "",
		       text ? text : "");
	f->failed = true;
}

/* Every token of want in text; "!token": not in it. */
bool flow_has_tokens(const char *text, const char *want)
{
	char copy[1024], *save, *tok;

	OSMO_STRLCPY_ARRAY(copy, want);
	for (tok = strtok_r(copy, " ", &save); tok; tok = strtok_r(NULL, " ", &save)) {
		bool not = *tok == '!';

		if ((strstr(text, tok + not) != NULL) == not)
			return false;
	}
	return true;
}

/* --- records and the end --- */

static unsigned int records(struct flow *f, unsigned int index, char *line, size_t size)
{
	FILE *file = fopen(f->lab.cdr_path, "r");
	char buf[2048];
	unsigned int n = 0;

	while (file && fgets(buf, sizeof(buf), file))
		if (n++ == index)
			osmo_strlcpy(line, buf, size);
	if (file)
		fclose(file);
	return n;
}

static void cdr_expect(struct flow *f, const char *want)
{
	char line[2048] = "";

	if (records(f, f->cdrs, line, sizeof(line)) <= f->cdrs)
		flow_bad(f, "no such call record", want);
	else if (!flow_has_tokens(line, want))
		flow_bad(f, "the record says", line);
	f->cdrs++;
}

static void check_none(struct flow *f)
{
	static struct fake_sent s;
	char text[4096];

	if (flow_pstn_take(f, text, sizeof(text)))
		flow_bad(f, "sent to the PSTN without need", text);
	if (fake_sip_take(&s))
		flow_bad(f, "sent by SIP without need", s.text);
	if (f->lab.media && fake_media_take(f->lab.media, text, sizeof(text)))
		flow_bad(f, "asked of the media gateway without need", text);
}

/* Of each it is known why and by whom it ended. */
static void check_records(struct flow *f)
{
	unsigned int n = f->lab.gw->last_call;
	char line[2048] = "";

	for (unsigned int i = 0; i < n && !f->failed; i++) {
		records(f, i, line, sizeof(line));
		if (flow_has_tokens(line, "\"cause\":0,") ||
		    flow_has_tokens(line, "\"released_by\":null"))
			flow_bad(f, "a record says", line);
	}
}

static void check_end(struct flow *f)
{
	char line[2048];

	check_none(f);
	flow_far_check_end(f);
	if (*lab_busy_circuits(&f->lab))
		flow_bad(f, "circuits still busy", lab_busy_circuits(&f->lab));
	if (f->lab.found)
		flow_bad(f, "the audit found something hanging", NULL);
	if (f->lab.gw->n_calls)
		flow_bad(f, "a call is still up", call_state(call_next(f->lab.gw, NULL)));
	if (records(f, 0, line, sizeof(line)) != f->lab.gw->last_call)
		flow_bad(f, "not one record a call", NULL);
	check_records(f);
	if (sip_dialogs(f->lab.gw->sip))
		flow_bad(f, "a dialog is still up", NULL);
	if (f->lab.media && fake_media_contexts(f->lab.media))
		flow_bad(f, "a media context is still open", NULL);
}

static void media_expect(struct flow *f, const char *want)
{
	char text[64];

	if (!f->lab.media || !fake_media_take(f->lab.media, text, sizeof(text)))
		flow_bad(f, "nothing was asked of the media gateway", want);
	else if (!flow_has_tokens(text, want))
		flow_bad(f, "the media gateway was asked", text);
}

static void media_do(struct flow *f, const char *what)
{
	if (!fake_media_do(lab_media(&f->lab), what))
		flow_bad(f, "not understood", what);
	lab_settle(&f->lab);
}

static void clear_all(struct flow *f)
{
	while (f->lab.gw->n_calls)
		call_clear(call_next(f->lab.gw, NULL), "cleared by command");
	lab_settle(&f->lab);
}

static void test_circuit(struct flow *f, unsigned int cic)
{
	struct trunk *t = gw_trunk_find(f->lab.gw, "checked");

	if (isup_continuity_test(isup_circuit_find(trunk_group_next(t, NULL), cic)) < 0)
		flow_bad(f, "the circuit cannot be tested", NULL);
	lab_settle(&f->lab);
}

static void held(struct flow *f, size_t limit)
{
	char text[32];
	size_t now = talloc_total_size(f->lab.gw) - f->lab.idle_size;

	snprintf(text, sizeof(text), "%zu", now);
	if (now >= limit || getenv("FLOW_HELD"))
		flow_bad(f, "octets held", text);
}

/* "TRUNK STANDARD" or "TRUNK TABLE ROW VALUE" */
static void mapping(struct flow *f, const char *text)
{
	char name[32] = "", table[32] = "", row[32] = "", value[32] = "";
	int n = sscanf(text, "%31s %31s %31s %31s", name, table, row, value);
	struct trunk *t = gw_trunk_find(f->lab.gw, name);
	struct map_profile *p = t ? &t->profile : NULL;
	const char *why = "no such trunk group";

	if (p && n == 2 && map_standard_find(table) < MAP_STANDARDS)
		p->standard = map_standard_find(table);
	else if (!p || p->n_overrides == MAP_MAX_OVERRIDES ||
		 map_override_parse(&p->overrides[p->n_overrides++], table, row, value, &why) < 0)
		flow_bad(f, why, text);
}

/* "TRUNK SETTING VALUE" */
static void set(struct flow *f, const char *text)
{
	char name[32] = "", setting[32] = "", value[32] = "";
	struct config_trunk *t;

	sscanf(text, "%31s %31s %31s", name, setting, value);
	t = config_trunk_find(f->lab.cfg, name);
	if (!t || !lab_set(t, setting, value))
		flow_bad(f, "cannot be set", text);
}

static bool body_word(struct map_profile *p, const char *w)
{
	static const char *const bodies[] = { "none", "sip-t", "sip-i" },
				 *const trusts[] = { "all", "listed", "untrusted" };

	for (int i = 0; i < 3; i++) {
		if (!strcmp(w, bodies[i])) {
			p->isup_body = i;
			p->standard = i == MAP_ISUP_SIP_I ? MAP_PROFILE_C : p->standard;
			return true;
		}
		if (!strcmp(w, trusts[i])) {
			p->isup_trust = i;
			return true;
		}
	}
	if (!strcmp(w, "required") || !strcmp(w, "optional")) {
		p->isup_required = *w == 'r';
		return true;
	}
	if (!isup_dialect_find(w))
		return false;
	p->dialect = isup_dialect_find(w);
	OSMO_STRLCPY_ARRAY(p->isup_version, sipt_token_of(w));
	OSMO_STRLCPY_ARRAY(p->isup_base, sipt_token_of(w));
	return true;
}

/* "TRUNK WORD ..." */
static void bodies(struct flow *f, const char *text)
{
	char copy[128], *save, *word;
	struct trunk *t;

	OSMO_STRLCPY_ARRAY(copy, text);
	word = strtok_r(copy, " ", &save);
	t = gw_trunk_find(f->lab.gw, word ? word : "");
	if (!t)
		flow_bad(f, "no such trunk group", text);
	while (t && (word = strtok_r(NULL, " ", &save)))
		if (!body_word(&t->profile, word))
			flow_bad(f, "not understood", word);
}

/* "NAME N" */
static void counter(struct flow *f, const char *text)
{
	static const char *const names[] = {
#define X(id, name, desc) [BODY_CTR_##id] = name,
		BODY_COUNTERS(X)
#undef X
	};
	char name[64] = "", got[32];
	unsigned int want = 0;

	sscanf(text, "%63s %u", name, &want);
	for (int i = 0; i < BODY_CTR_COUNT; i++) {
		if (strcmp(names[i], name))
			continue;
		snprintf(got, sizeof(got), "%" PRIu64, f->lab.gw->body_counter[i]);
		if (f->lab.gw->body_counter[i] != want)
			flow_bad(f, name, got);
		return;
	}
	flow_bad(f, "no such counter", text);
}

static void trust(struct flow *f, const char *text)
{
	char name[32] = "", word[8] = "";
	struct trunk *t;

	sscanf(text, "%31s %7s", name, word);
	t = gw_trunk_find(f->lab.gw, name);
	if (t)
		t->profile.send_pai = t->profile.trust_pai = !strcmp(word, "on");
	else
		flow_bad(f, "no such trunk group", text);
}

/* What is no message: the world and the operator. */
static bool play_world(struct flow *f, char *line)
{
	if (!strncmp(line, "wait ", 5))
		lab_wait(&f->lab, strtod(line + 5, NULL));
	else if (!strncmp(line, "cdr ", 4))
		cdr_expect(f, line + 4);
	else if (!strncmp(line, "test ", 5))
		test_circuit(f, strtoul(line + 5, NULL, 10));
	else if (!strcmp(line, "none"))
		check_none(f);
	else if (!strcmp(line, "mtp down") || !strcmp(line, "mtp up"))
		lab_mtp(&f->lab, line[4] == 'u');
	else if (!strcmp(line, "mtp 1.1.3 down") || !strcmp(line, "mtp 1.1.3 up"))
		lab_mtp_to(&f->lab, LAB_DPC_2, line[10] == 'u');
	else if (!strcmp(line, "mtp no user"))
		lab_mtp_no_user(&f->lab);
	else if (!strcmp(line, "mtp congested"))
		lab_mtp_congested(&f->lab);
	else if (!strcmp(line, "drain"))
		f->lab.gw->draining = true;
	else if (!strcmp(line, "clear"))
		clear_all(f);
	else if (!strncmp(line, "vty ", 4))
		flow_vty(f, line + 4);
	else if (!strncmp(line, "place ", 6))
		flow_far_place(f, line + 6);
	else if (!strncmp(line, "blocked ", 8))
		flow_blocked(f, line + 8);
	else if (!strcmp(line, "forget"))
		flow_sip_forget();
	else if (!strncmp(line, "passed ", 7))
		flow_far_passed(f, strtoul(line + 7, NULL, 10));
	else if (!strncmp(line, "bodies ", 7))
		bodies(f, line + 7);
	else if (!strncmp(line, "counter ", 8))
		counter(f, line + 8);
	else if (!strncmp(line, "mapping ", 8))
		mapping(f, line + 8);
	else if (!strncmp(line, "trust ", 6))
		trust(f, line + 6);
	else if (!strncmp(line, "set ", 4))
		set(f, line + 4);
	else if (!strncmp(line, "held ", 5))
		held(f, strtoul(line + 5, NULL, 10));
	else
		return false;
	return true;
}

static void play_line(struct flow *f, char *line)
{
	unsigned int leg = fake_sip_legs();
	int n = 0;

	if (!strncmp(line, "pstn> ", 6))
		flow_pstn_send(f, line + 6);
	else if (!strncmp(line, "pstn< ", 6))
		flow_pstn_expect(f, line + 6);
	else if (!strncmp(line, "sip> ", 5))
		flow_sip_send(f, leg, line + 5);
	else if (sscanf(line, "sip%u> %n", &leg, &n) == 1 && n)
		flow_sip_send(f, leg, line + n);
	else if (!strncmp(line, "sip< ", 5))
		flow_sip_expect(f, 0, line + 5);
	else if (sscanf(line, "sip%u< %n", &leg, &n) == 1 && n)
		flow_sip_expect(f, leg, line + n);
	else if (!strncmp(line, "media ", 6))
		media_do(f, line + 6);
	else if (!strncmp(line, "media< ", 7))
		media_expect(f, line + 7);
	else if (!play_world(f, line))
		flow_bad(f, "not understood", line);
}

/* The scenario of the far exchange, with as many empty lines in front as make its lines' numbers
 * right. */
static void play_far(struct flow *f, FILE *in, const char *options)
{
	char line[2048], *text = talloc_zero_size(f, FLOW_MAX_SCENARIO);
	size_t at = OSMO_MIN(f->line, FLOW_MAX_SCENARIO - 1);

	OSMO_STRLCPY_ARRAY(f->far_options, options);
	memset(text, '\n', at);
	while (fgets(line, sizeof(line), in)) {
		f->line++;
		if (!strncmp(line, "play:", 5))
			break;
		at += osmo_strlcpy(text + at, line, FLOW_MAX_SCENARIO - at);
		if (at >= FLOW_MAX_SCENARIO)
			flow_bad(f, "the scenario is too long", NULL);
		at = OSMO_MIN(at, FLOW_MAX_SCENARIO - 1u);
	}
	if (!f->failed)
		flow_far_open(f, text);
	talloc_free(text);
}

static void play_file(struct flow *f, FILE *in)
{
	char line[2048];

	while (!f->failed && fgets(line, sizeof(line), in)) {
		f->line++;
		line[strcspn(line, "\r\n#")] = '\0';
		for (size_t n = strlen(line); n && isspace((unsigned char)line[n - 1]); n--)
			line[n - 1] = '\0';
		if (!strncmp(line, "far:", 4))
			play_far(f, in, line + 4);
		else if (line[0])
			play_line(f, line);
	}
}

/* A file, or (in NULL) a random flow. */
static bool play(const char *name, FILE *in, uint32_t seed)
{
	void *ctx = talloc_named_const(NULL, 0, name);
	struct flow *f = talloc_zero(ctx, struct flow);
	bool ok;

	f->file = name;
	lab_open(&f->lab, ctx);
	if (in)
		play_file(f, in);
	else
		flow_random(f, seed);
	if (!f->failed)
		check_end(f);
	ok = !f->failed;
	flow_far_close(f);
	lab_close(&f->lab);
	if (ok) {
		ok = talloc_total_blocks(ctx) == 2;
		if (!ok)
			printf("%s: memory left behind, %zu blocks\n", name,
			       talloc_total_blocks(ctx));
	}
	talloc_free(ctx);
	return ok;
}

static bool play_path(const char *path)
{
	FILE *in = fopen(path, "r");
	bool ok = in && play(path, in, 0);

	printf("%s %s\n", ok ? "ok" : "FAILED", path);
	if (in)
		fclose(in);
	return ok;
}

/* "--random FROM COUNT": seeds. */
static int play_random(const char *from, const char *count)
{
	uint32_t first = strtoul(from, NULL, 10), n = strtoul(count, NULL, 10);
	int failed = 0;

	for (uint32_t seed = first; seed < first + n; seed++) {
		if (play("random flow", NULL, seed))
			continue;
		printf("FAILED --random %u 1\n", seed);
		failed++;
	}
	printf("%u random flows, %d failed\n", n, failed);
	return failed;
}

int main(int argc, char **argv)
{
	void *ctx = talloc_named_const(NULL, 0, "flow");
	int failed = 0;

	osmo_init_logging2(ctx, &tollgate_log_info);
	log_set_log_level(osmo_stderr_target, LOGL_FATAL);
	if (getenv("FLOW_LOG")) {
		log_set_log_level(osmo_stderr_target, 0);
		log_set_all_filter(osmo_stderr_target, 1);
		log_parse_category_mask(osmo_stderr_target, getenv("FLOW_LOG"));
	}
	osmo_gettimeofday_override = true;
	osmo_gettimeofday_override_time.tv_sec = 1000;
	osmo_clock_override_enable(CLOCK_MONOTONIC, true);
	if (isup_fsm_init(DISUP) < 0 || call_init() < 0)
		return 1;
	if (argc == 4 && !strcmp(argv[1], "--random"))
		return play_random(argv[2], argv[3]) != 0;
	for (int i = 1; i < argc; i++)
		failed += !play_path(argv[i]);
	printf("%d passed, %d failed\n", argc - 1 - failed, failed);
	return failed || argc < 2;
}
