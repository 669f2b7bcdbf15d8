/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scenario files: patterns, durations, messages, selection, and the complaints about bad ones
 * (golden files). */
#include <check.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

#include "gw/exchange/exchange.h"
#include "gw/exchange/options.h"
#include "tests/suite.h"

#define N(a) ((int)(sizeof(a) / sizeof((a)[0])))

static const struct scn_settings settings = { .hold_ms = 100,
					      .answer_delay_ms = 200,
					      .expect_ms = 5000 };

static const struct { const char *pattern, *text; bool fits;
} globs[] = {
	{ "", "", true },
	{ "", "1", false },
	{ "*", "", true },
	{ "*", "123", true },
	{ "12*", "1234", true },
	{ "12*", "1", false },
	{ "*34", "1234", true },
	{ "*34", "12345", false },
	{ "1?3", "123", true },
	{ "1?3", "13", false },
	{ "*9*9", "19299", true },
	{ "*9*9", "9", false },
	{ "**1", "1", true },
	{ "*486", "49486486", true },
	{ "a*b*c", "axxbxxbxc", true },
	{ "a*b*c", "axxbxxbx", false },
};

START_TEST(test_glob)
{
	ck_assert_msg(scn_glob(globs[_i].pattern, globs[_i].text) == globs[_i].fits, "%s %s",
		      globs[_i].pattern, globs[_i].text);
}
END_TEST

static const struct { const char *text; bool ok; uint32_t ms;
} durations[] = {
	{ "0", true, 0 },
	{ "250", true, 250 },
	{ "500ms", true, 500 },
	{ "5s", true, 5000 },
	{ "2min", true, 120000 },
	{ "1h", true, 3600000 },
	{ "24h", true, 86400000 },
	{ "forever", true, SCN_FOREVER },
	{ "25h", false, 0 },
	{ "", false, 0 },
	{ "s", false, 0 },
	{ "-1", false, 0 },
	{ "5x", false, 0 },
	{ "5 s", false, 0 },
	{ "99999999999999999999", false, 0 },
};

START_TEST(test_duration)
{
	uint32_t ms = 0;

	ck_assert_msg(scn_duration(durations[_i].text, &ms) == durations[_i].ok, "%s",
		      durations[_i].text);
	ck_assert_uint_eq(ms, durations[_i].ms);
}
END_TEST

static const struct { const char *text, *want; } messages[] = {
	{ "RLC", "RLC cic=$cic" },
	{ "REL 17", "REL cic=$cic; CAI location=0 value=17" },
	{ "REL 31 international", "REL cic=$cic; CAI location=7 value=31" },
	{ "REL cic=7 16 beyond", "REL cic=7; CAI location=10 value=16" },
	{ "SAM 12F", "SAM cic=$cic; SubN 12F" },
	{ "SAM $called[-1:]", "SAM cic=$cic; SubN $called[-1:]" },
	{ "SAM $called[7:]", "SAM cic=$cic; SubN $called[7:]" },
	{ "CPG inband", "CPG cic=$cic; EvI event=3; OBCI in_band=1" },
	{ "CPG inband; EvI event=1", "CPG cic=$cic; EvI event=1; OBCI in_band=1" },
	{ "CPG inband; no OBCI", "CPG cic=$cic; EvI event=3" },
	{ "ACM BCI charge=1; OBCI in_band=1", "ACM cic=$cic; BCI charge=1; OBCI in_band=1" },
	{ "ANM; GenN qualifier=5 nai=3 npi=1 1; also GenN qualifier=5 nai=3 npi=1 2",
	  "ANM cic=$cic; GenN qualifier=5 nai=3 npi=1 1; GenN qualifier=5 nai=3 npi=1 2" },
	{ "ANM 0xfe 0102", "ANM cic=$cic; 0xfe 0102" },
	{ "GRS 30", "GRS cic=$cic; RaS range=30" },
	{ "CGB 9", "CGB cic=$cic; CGSMT type=0; RaS range=9 ff03" },
	{ "CGB 7", "CGB cic=$cic; CGSMT type=0; RaS range=7 ff" },
	{ "COT failed", "COT cic=$cic; ContI success=0" },
	{ "BLO", "BLO cic=$cic" },
};

START_TEST(test_message)
{
	const char *why = NULL;
	char out[SCN_MAX_TEXT];
	struct scn_message *msg;

	ck_assert_msg(scn_message_text(out, sizeof(out), &isup_itu, messages[_i].text, &why) == 0,
		      "%s: %s", messages[_i].text, why);
	ck_assert_str_eq(out, messages[_i].want);
	msg = scn_message_new(NULL, &isup_itu, messages[_i].text, &why);
	ck_assert_msg(msg, "%s: %s", messages[_i].text, why);
	talloc_free(msg);
}
END_TEST

static const char *const bad_messages[] = {
	"",
	"XYZ",
	"REL",
	"REL 17 nowhere",
	"ACM best",
	"ANM; no BCI",
	"ANM; Nix 1",
	"IAM; CdPN nai=3 npi=1 $nobody",
	"REL cic=99999 17",
	"ACM BCI charge=9",
	"CPG",
	"ANM free",
};

START_TEST(test_bad_message)
{
	const char *why = NULL;

	ck_assert_msg(!scn_message_new(NULL, &isup_itu, bad_messages[_i], &why), "%s",
		      bad_messages[_i]);
	ck_assert(why && *why);
}
END_TEST

static const struct { const char *text, *want;
} fills[] = {
	{ "A $called", "A 12345" },
	{ "A $called[1:3]", "A 23" },
	{ "A $called[:-2]", "A 123" },
	{ "A $called[-2:]", "A 45" },
	{ "A $called[9:]F; B", "A F; B" },
	{ "A; B $calling; C $cic", "A; C 7" },
	{ "A $n", "A 42" },
	{ "A $called_nai.$calling_nai", "A 4.3" },
	{ "A; B $called[7:]", "A" },
	{ "A $what", NULL },
};

START_TEST(test_fill)
{
	const struct scn_values v = { "12345", "", 4, 3, 7, 42 };
	char out[64];
	int rc = scn_fill(out, sizeof(out), fills[_i].text, &v);

	ck_assert_int_eq(rc, fills[_i].want ? 0 : -22);
	if (fills[_i].want && strchr(fills[_i].text, 'F') == NULL)
		ck_assert_str_eq(out, fills[_i].want);
}
END_TEST

static const char lab[] =
	"manual UPT\n"
	"on IAM CdPN=*999 do reject 1\n"
	"on IAM CdPN=*486 do busy   # engaged\n"
	"on IAM CdPN=*183\n do early-media\n"
	"on IAM where TMR.value=2 and CdPN!=12*\n do reject 65\n"
	"on IAM !CgPN\n do silent\n"
	"on IAM HOP\n do connect\n"
	"on IAM\n do answer\n"
	"call probe\n send IAM\n expect REL where CAI.value=3\n";

static const struct { const char *iam; unsigned int line;
} selections[] = {
	{ "CdPN nai=3 npi=1 49999; CgPN nai=3 npi=1 1", 2 },
	{ "CdPN nai=3 npi=1 49486; CgPN nai=3 npi=1 1", 3 },
	{ "CdPN nai=3 npi=1 49486F; CgPN nai=3 npi=1 1", 3 },
	{ "CdPN nai=3 npi=1 183; CgPN nai=3 npi=1 1", 4 },
	{ "CdPN nai=3 npi=1 77; CgPN nai=3 npi=1 1", 12 },
	{ "CdPN nai=3 npi=1 77", 8 },
	{ "CdPN nai=3 npi=1 77; CgPN nai=3 npi=1 1; HOP value=5", 10 },
	{ "CdPN nai=3 npi=1 77; TMR value=2; CgPN nai=3 npi=1 1", 6 },
	{ "CdPN nai=3 npi=1 1277; TMR value=2; CgPN nai=3 npi=1 1", 12 },
};

START_TEST(test_selection)
{
	void *ctx = talloc_new(NULL);
	struct scenario *s = scenario_new(ctx, &isup_itu, &settings, stderr);
	char text[SCN_MAX_TEXT];
	const struct scn_block *b;
	const char *why;
	struct isup_msg m;
	int line;

	ck_assert_int_eq(scenario_add_text(s, "lab", lab), 0);
	ck_assert_int_eq(scenario_finish(s), 0);
	snprintf(text, sizeof(text), "IAM cic=1; NCI; FCI; CPC value=10; %s%s",
		 strstr(selections[_i].iam, "TMR") ? "" : "TMR value=0; ", selections[_i].iam);
	ck_assert_msg(isup_parse(&m, &isup_itu, text, &why, &line) == 0, "%s: %s", text, why);
	b = scenario_find_on(s, &m);
	ck_assert(b);
	ck_assert_uint_eq(b->line, selections[_i].line);
	ck_assert_uint_eq(scenario_no_auto(s), AUTO_UPT);
	ck_assert_str_eq(scenario_find_call(s, NULL)->name, "probe");
	ck_assert_str_eq(scenario_find_call(s, "call-release 3")->name, "call-release 3");
	ck_assert(!scenario_find_call(s, "answer"));
	m.type = ISUP_MT_SAM;
	ck_assert(!scenario_find_on(s, &m));
	talloc_free(ctx);
}
END_TEST

/* Every built-in scenario reads without complaint, and so they are all told. */
START_TEST(test_builtins)
{
	const struct scn_builtin *b;
	char words[64];

	for (b = scn_builtins; b->name; b++) {
		void *ctx = talloc_new(NULL);
		struct scenario *s = scenario_new(ctx, &isup_itu, &settings, stderr);

		snprintf(words, sizeof(words), "%s%s", b->name,
			 strstr(b->text, "$2") ? " 3 4" : strstr(b->text, "$1") ? " 3" : "");
		ck_assert_int_eq(scenario_add(s, words), 0);
		ck_assert_int_eq(scenario_finish(s), 0);
		ck_assert(b->originates == !strncmp(b->name, "call-", 5));
		ck_assert(strlen(b->what) > 3);
		talloc_free(ctx);
	}
}
END_TEST

static char *slurp(const char *path)
{
	FILE *f = fopen(path, "r");
	static char text[8192];
	size_t n;

	if (!f)
		return NULL;
	n = fread(text, 1, sizeof(text) - 1, f);
	text[n] = '\0';
	fclose(f);
	return strdup(text);
}

/* bad-*.scn has bad-*.err beside it; with GOLDEN_WRITE set the .err is written anew. */
static void check_file(const char *dir, const char *name)
{
	void *ctx = talloc_new(NULL);
	char path[768], err_path[768], *got = NULL, *text, *want;
	size_t size;
	FILE *err = open_memstream(&got, &size);
	struct scenario *s = scenario_new(ctx, &isup_itu, &settings, err);
	bool bad = !strncmp(name, "bad", 3);

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	text = slurp(path);
	ck_assert(text);
	scenario_add_text(s, name, text);
	ck_assert_msg((scenario_finish(s) < 0) == bad, "%s", name);
	fclose(err);
	snprintf(err_path, sizeof(err_path), "%.*s.err", (int)strlen(path) - 4, path);
	if (bad && getenv("GOLDEN_WRITE")) {
		err = fopen(err_path, "w");
		ck_assert(err);
		fputs(got, err);
		fclose(err);
	}
	want = bad ? slurp(err_path) : strdup("");
	ck_assert_msg(want != NULL, "%s is missing", err_path);
	ck_assert_str_eq(got, want);
	free(want);
	free(got);
	free(text);
	talloc_free(ctx);
}

START_TEST(test_files)
{
	char dir[400];
	struct dirent *e;
	unsigned int n = 0;
	DIR *d;

	snprintf(dir, sizeof(dir), "%s/tests/exchange",
		 getenv("top_srcdir") ? getenv("top_srcdir") : ".");
	d = opendir(dir);
	ck_assert_msg(d != NULL, "%s", dir);
	while ((e = readdir(d))) {
		if (strlen(e->d_name) < 5 || strcmp(e->d_name + strlen(e->d_name) - 4, ".scn"))
			continue;
		check_file(dir, e->d_name);
		n++;
	}
	closedir(d);
	ck_assert_uint_ge(n, 4);
}
END_TEST

static const struct { const char *text; bool ok; uint32_t pc; bool ansi;
} point_codes[] = {
	{ "1.1.2", true, 1 << 11 | 1 << 3 | 2 },
	{ "7.255.7", true, 16383 },
	{ "2058", true, 2058 },
	{ "0", true, 0 },
	{ "8.1.1", false, 0 },
	{ "1.256.1", false, 0 },
	{ "16384", false, 0 },
	{ "1.1", false, 0 },
	{ "x", false, 0 },
	{ "1.1.1.1", false, 0 },
	{ "1.2.3", true, 1 << 16 | 2 << 8 | 3, true },
	{ "255.255.255", true, 0xffffff, true },
	{ "16777215", true, 0xffffff, true },
	{ "16777216", false, 0, true },
	{ "256.1.1", false, 0, true },
};

START_TEST(test_point_code)
{
	uint32_t pc = 0;

	ck_assert_msg(point_code_parse(&pc, point_codes[_i].text,
				       point_codes[_i].ansi ? 24 : 14) == point_codes[_i].ok, "%s",
		      point_codes[_i].text);
	ck_assert(!point_codes[_i].ok || pc == point_codes[_i].pc);
}
END_TEST

static const struct { const char *text; bool ok; unsigned int n;
} cic_lists[] = {
	{ "1-31", true, 31 },	  { "5", true, 1 },	{ "1-15,17-31", true, 30 },
	{ "0-4095", true, 4096 }, { "1,1,1", true, 1 }, { "16384", false, 0 },
	{ "5-1", false, 0 },	  { "", false, 0 },	{ "1,", false, 0 },
	{ "a", false, 0 },	  { "1-", false, 0 },	{ "1-2-3", false, 0 },
};

START_TEST(test_cic_list)
{
	uint8_t bits[XCH_CICS / 8];
	unsigned int i, n = 0;

	ck_assert_msg(cic_list_parse(cic_lists[_i].text, bits) == cic_lists[_i].ok, "%s",
		      cic_lists[_i].text);
	for (i = 0; i < sizeof(bits); i++)
		n += __builtin_popcount(bits[i]);
	ck_assert(!cic_lists[_i].ok || n == cic_lists[_i].n);
}
END_TEST

static const struct { const char *pattern, *want; uint64_t n; uint8_t nai; } numbers[] = {
	{ "4930123", "4930123", 5, 3 }, { "+4930%4d", "49300005", 5, 4 }, { "%3d", "234", 1234, 3 },
	{ "49%2d7%1d", "49347" "4", 34, 3 }, { "4930%6r", NULL, 0, 3 }, { "%40d", NULL, 1, 3 },
};

START_TEST(test_number)
{
	static struct exchange x;
	char out[ISUP_MAX_DIGITS + 1];
	uint8_t nai;

	x.cfg.nai = 3;
	ck_assert(number_pattern_ok(numbers[_i].pattern));
	load_number(out, &nai, numbers[_i].pattern, numbers[_i].n, &x);
	ck_assert_uint_eq(nai, numbers[_i].nai);
	ck_assert_uint_eq(out[strspn(out, "0123456789")], 0);
	if (numbers[_i].want)
		ck_assert_str_eq(out, numbers[_i].want);
	else
		ck_assert(strlen(out) == 10 || strlen(out) == ISUP_MAX_DIGITS);
	ck_assert(!number_pattern_ok("12%"));
	ck_assert(!number_pattern_ok("12%3x"));
	ck_assert(!number_pattern_ok("12-34"));
	ck_assert(!number_pattern_ok("+"));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("exchange_scenario");
	TCase *t = tcase_create("core");

	tcase_add_loop_test(t, test_glob, 0, N(globs));
	tcase_add_loop_test(t, test_duration, 0, N(durations));
	tcase_add_loop_test(t, test_message, 0, N(messages));
	tcase_add_loop_test(t, test_bad_message, 0, N(bad_messages));
	tcase_add_loop_test(t, test_fill, 0, N(fills));
	tcase_add_loop_test(t, test_selection, 0, N(selections));
	tcase_add_loop_test(t, test_point_code, 0, N(point_codes));
	tcase_add_loop_test(t, test_cic_list, 0, N(cic_lists));
	tcase_add_loop_test(t, test_number, 0, N(numbers));
	tcase_add_test(t, test_builtins);
	tcase_add_test(t, test_files);
	suite_add_tcase(s, t);
	return suite_run(s);
}
