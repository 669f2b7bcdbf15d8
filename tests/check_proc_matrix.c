/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every message of a dialect in every state of a circuit, received and sent by the user: what is
 * done with it is written down in tests/golden/isup_states/DIALECT.txt. "UPDATE_GOLDEN=1" writes it
 * anew. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "isup/dialect.h"
#include "tests/proc_bed.h"

static const struct { const char *name, *script; unsigned int flags; } states[] = {
	{ "idle", "", 0 },
	{ "idle, blocked by us", "block >BLA", 0 },
	{ "idle, blocked by the peer", ">BLO", 0 },
	{ "blocking, acknowledgement awaited", "block", 0 },
	{ "incoming, WaitForSGM", ">IAMS", 0 },
	{ "incoming, WaitForContinuity", ">IAMC", 0 },
	{ "incoming, WaitForDigits", "in:few >IAM", 0 },
	{ "incoming, WaitForMore", "in:maybe >IAM", 0 },
	{ "incoming, WaitForACM", ">IAM", 0 },
	{ "incoming, WaitForANM", ">IAM <ACM:1", 0 },
	{ "incoming, ICCAnswered", ">IAM <CON", 0 },
	{ "incoming, ICCSuspended", ">IAM <CON >SUS:0", 0 },
	{ "incoming in transit, WaitForACM", ">IAM transit", 0 },
	{ "outgoing, WaitForContinuity", "setupc", BED_PATH },
	{ "outgoing, WaitForACM", "setup", 0 },
	{ "outgoing, WaitForANM", "setup >ACM:1", 0 },
	{ "outgoing, OGCAnswered", "setup >CON", 0 },
	{ "outgoing, OGCSuspended", "setup >CON >SUS:0", 0 },
	{ "outgoing, ACM held for SGM", "setup >ACMS:1", 0 },
	{ "outgoing in transit, OGCAnswered", "setup transit >CON", 0 },
	{ "releasing", "setup <REL:16", 0 },
	{ "resetting", "reset", 0 },
};

/* Messages with something in them that matters; all others are made by the codec. */
static const struct { uint8_t type; const char *word; } words[] = {
	{ ISUP_MT_IAM, "IAM" }, { ISUP_MT_SAM, "SAM" }, { ISUP_MT_INR, "INR:9" },
	{ ISUP_MT_INF, "INF:3" }, { ISUP_MT_COT, "COT:1" }, { ISUP_MT_ACM, "ACM:1" },
	{ ISUP_MT_CON, "CON" }, { ISUP_MT_ANM, "ANM" }, { ISUP_MT_REL, "REL:16" },
	{ ISUP_MT_SUS, "SUS:0" }, { ISUP_MT_RES, "RES:0" }, { ISUP_MT_RLC, "RLC" },
	{ ISUP_MT_GRS, "GRS:1" }, { ISUP_MT_CGB, "CGB:0:1:03" }, { ISUP_MT_CGU, "CGU:0:1:03" },
	{ ISUP_MT_GRA, "GRA:1:00" }, { ISUP_MT_CQM, "CQM:1" }, { ISUP_MT_CPG, "CPG:2" },
	{ ISUP_MT_CFN, "CFN:97" }, { ISUP_MT_USR, "USR" }, { ISUP_MT_SGM, "SGM" },
	{ ISUP_MT_IDR, "IDR:1" }, { ISUP_MT_IRS, "IRS:1" },
};

static const char *word_of(uint8_t type)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(words); i++)
		if (words[i].type == type)
			return words[i].word;
	return NULL;
}

static size_t octets_of(uint8_t *octets, size_t size, uint8_t type)
{
	const char *word = word_of(type);
	struct isup_rnd rnd = { type };
	struct isup_msg m;
	ssize_t n;

	if (word) {
		n = bed_word_octets(word, octets, size);
		ck_assert_int_gt(n, 0);
		return n;
	}
	ck_assert_int_eq(isup_generate(&m, &isup_itu, type, 0, &rnd), 0);
	n = isup_encode_body(octets, size, &m);
	ck_assert_int_gt(n, 0);
	return n;
}

static void where(struct bed *b)
{
	bed_note(b, 1, "->");
	bed_step(b, "?");
	bed_step(b, "state");
}

/* What came of the last step, and where the circuit is then; "-" when nothing has changed. */
static void result(FILE *out, struct bed *b, size_t from, const char *before)
{
	const char *text = b->out + from, *arrow = strstr(text, "->");
	int len = arrow - text;

	while (len && text[len - 1] == ' ')
		len--;
	fprintf(out, "%.*s%s", len, text, len ? " " : "");
	if (strcmp(arrow, before))
		fprintf(out, "%s", arrow);
	else if (!len)
		fputc('-', out);
}

static void one(FILE *out, unsigned int state, uint8_t type, bool sent)
{
	struct bed *b = bed_play(states[state].flags, states[state].script);
	uint8_t octets[ISUP_MAX_OCTETS] = { 1 };
	size_t n = octets_of(octets + 2, sizeof(octets) - 2, type), from;
	char before[96];
	struct isup_msg m;

	where(b);
	osmo_strlcpy(before, strstr(b->out, "->"), sizeof(before));
	bed_note(b, 1, "|");
	from = b->len + 1;
	if (!sent) {
		bed_receive(b, 1, octets + 2, n);
	} else if (!b->call[1]) {
		bed_note(b, 1, "no-call");
	} else {
		ck_assert_int_eq(isup_decode(&m, &isup_itu, octets, n + 2, NULL), 0);
		bed_result(b, 1, isup_call_send(b->call[1], &m));
	}
	where(b);
	result(out, b, from, before);
	b->flags |= BED_UNBOUND;
	bed_end(b);
}

static void table(FILE *out, bool sent)
{
	for (unsigned int s = 0; s < ARRAY_SIZE(states); s++) {
		bool call = strstr(states[s].name, "going") || strstr(states[s].name, "coming");

		if (sent && !call)
			continue;
		fprintf(out, "\n%s: %s\n", sent ? "sent by the user" : "received",
			states[s].name);
		for (unsigned int t = 0; t < ISUP_N_CODES; t++) {
			if (!isup_mt_row(&isup_itu, t))
				continue;
			fprintf(out, "  %-5s", isup_mt_name(&isup_itu, t));
			one(out, s, t, sent);
			fputc('\n', out);
		}
	}
}

START_TEST(matrix)
{
	const char *top = getenv("top_srcdir");
	char path[256], *text = NULL, *want;
	size_t size = 0, n;
	FILE *out = open_memstream(&text, &size), *file;

	fputs("What is done with each message in each state of a circuit. \"ind:\" the user is "
	      "told, \"<\" sent, \"-\" dropped,\nEPROTO refused; then where the circuit is, when "
	      "that has changed. Written by check_proc_matrix.\n", out);
	table(out, false);
	table(out, true);
	fclose(out);
	snprintf(path, sizeof(path), "%s/tests/golden/isup_states/itu.txt", top ? top : ".");
	if (getenv("UPDATE_GOLDEN")) {
		file = fopen(path, "w");
		ck_assert_ptr_nonnull(file);
		ck_assert_uint_eq(fwrite(text, 1, size, file), size);
		fclose(file);
	}
	file = fopen(path, "r");
	ck_assert_msg(file != NULL, "%s", path);
	want = calloc(1, size + 2);
	n = fread(want, 1, size + 1, file);
	fclose(file);
	if (n != size || strcmp(want, text)) {
		for (n = 0; want[n] == text[n]; n++)
			;
		while (n && text[n - 1] != '\n')
			n--;
		ck_abort_msg("%s differs (UPDATE_GOLDEN=1 writes it anew):\n wanted %.*s\n"
			     " got    %.*s", path,
			     (int)strcspn(want + n, "\n"), want + n,
			     (int)strcspn(text + n, "\n"), text + n);
	}
	free(want);
	free(text);
}
END_TEST

int main(void)
{
	TCase *tc = tcase_create("matrix");

	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, matrix);
	return bed_run("isup messages in states", tc);
}
