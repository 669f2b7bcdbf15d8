/* SPDX-License-Identifier: GPL-3.0-or-later */
/* MGCP transactions as scripts on a virtual clock, each with one line of expectation. */
#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/talloc.h>
#include <osmocom/core/timer.h>

#include "mgcp/transaction.h"
#include "tests/suite.h"

enum { FIRST_TID = 700 };

struct bench {
	void *ctx;
	struct mgcp_agent *agent;
	char heard[4096];		/* what happened, in words */
	char last[MGCP_MAX_DATAGRAM];	/* last datagram sent */
	uint16_t code;			/* our user's answer to commands */
	bool again;			/* a request from inside done */
};

static void note(struct bench *b, const char *fmt, unsigned int n)
{
	size_t len = strlen(b->heard);

	ck_assert_uint_lt(len, sizeof(b->heard) - 64);
	len += snprintf(b->heard + len, sizeof(b->heard) - len, "%s", len ? " " : "");
	snprintf(b->heard + len, sizeof(b->heard) - len, fmt, n);
}

static void on_send(void *ctx, const char *buf, size_t len)
{
	struct bench *b = ctx;
	unsigned int tid = 0;

	memcpy(b->last, buf, len);
	b->last[len] = '\0';
	ck_assert_int_eq(sscanf(b->last, "%*s %u", &tid), 1);
	note(b, "send:%u", tid);
}

static void on_answer(void *ctx, const char *buf, size_t len)
{
	struct bench *b = ctx;
	char text[64];

	snprintf(text, sizeof(text), "answer:%.*s", (int)strcspn(buf, " "), buf);
	note(b, text, 0);
	memcpy(b->last, buf, len);
	b->last[len] = '\0';
}

static uint16_t on_command(void *ctx, const struct mgcp_msg *cmd)
{
	struct bench *b = ctx;

	note(b, "command:%u", cmd->tid);
	return b->code;
}

static void request(struct bench *b);

static void on_done(void *ctx, const struct mgcp_msg *rsp)
{
	struct bench *b = ctx;

	if (rsp)
		note(b, "done:%u", rsp->code);
	else
		note(b, "none", 0);
	if (b->again) {
		b->again = false;
		request(b);
	}
}

static void request(struct bench *b)
{
	struct mgcp_msg m = mgcp_command(MGCP_AUEP, "ds/1@gw");

	ck_assert_int_eq(mgcp_agent_request(NULL, b->agent, &m, on_done, b), 0);
}

static void rx(struct bench *b, const char *text)
{
	mgcp_agent_rx(b->agent, text, strlen(text));
}

static void pass(unsigned int ms)
{
	for (unsigned int i = 0; i < ms; i += 10) {
		osmo_gettimeofday_override_add(0, 10000);
		osmo_clock_override_add(CLOCK_MONOTONIC, 0, 10000000);
		osmo_timers_prepare();
		osmo_timers_update();
	}
}

static struct bench bench(void)
{
	struct bench b = { .ctx = talloc_named_const(NULL, 0, "test"), .code = 200 };

	osmo_gettimeofday_override = true;
	osmo_clock_override_enable(CLOCK_MONOTONIC, true);
	osmo_clock_override_gettimespec(CLOCK_MONOTONIC)->tv_sec = 1000;
	return b;
}

static void start(struct bench *b, struct mgcp_agent_cfg cfg)
{
	const struct mgcp_agent_user user = { on_send, on_answer, on_command, b };

	cfg.first_tid = cfg.first_tid ? cfg.first_tid : FIRST_TID;
	*b = bench();
	b->agent = mgcp_agent_new(b->ctx, &cfg, &user);
	ck_assert_ptr_nonnull(b->agent);
}

static void stop(struct bench *b, const char *expected)
{
	ck_assert_str_eq(b->heard, expected);
	mgcp_agent_free(b->agent);
	ck_assert_uint_eq(talloc_total_blocks(b->ctx), 1);
	talloc_free(b->ctx);
	pass(30000);		/* no timer is left that would touch what is freed */
}

enum act { END, REQUEST, RX, WAIT, AGAIN, CODE };
struct step { enum act act; const char *text; unsigned int n; };
#define REQ { REQUEST }
#define RCV(t) { RX, t }
#define MS(n) { WAIT, NULL, n }
#define RSIP1 "RSIP 9 *@gw MGCP 1.0\r\nRM: restart\r\n"

static const struct {
	const char *title;
	struct step steps[12];
	const char *expected;
	struct mgcp_agent_cfg cfg;
} scripts[] = {
	{ "answered at once", { REQ, RCV("200 700 OK\r\n"), MS(60000) }, "send:700 done:200" },
	{ "one loss",
	  { REQ, MS(200), RCV("200 700 OK\r\n"), MS(60000) },
	  "send:700 send:700 done:200" },
	{ "never answered",
	  { REQ, MS(60000) },
	  "send:700 send:700 send:700 send:700 send:700 send:700 none" },
	{ "fewer repetitions by setting",
	  { REQ, MS(60000) },
	  "send:700 send:700 send:700 none",
	  { .max_retransmissions = 2 } },
	{ "T-MAX ends it before the number of repetitions does",
	  { REQ, MS(60000) },
	  "send:700 send:700 send:700 none",
	  { .rto_first = 1000, .rto_max = 1000, .t_max = 2000, .max_retransmissions = 50 } },
	{ "late answer: nobody waits",
	  { REQ, MS(60000), RCV("200 700 OK\r\n") },
	  "send:700 send:700 send:700 send:700 send:700 send:700 none" },
	{ "answer twice",
	  { REQ, RCV("200 700 OK\r\n"), RCV("200 700 OK\r\n") },
	  "send:700 done:200" },
	{ "leading zeros are no difference",
	  { REQ, RCV("200 000000700 OK\r\n") },
	  "send:700 done:200" },
	{ "answer of another transaction", { REQ, RCV("200 701 OK\r\n"), MS(100) }, "send:700" },
	{ "failure is an answer", { REQ, RCV("500 700 no\r\n"), MS(60000) }, "send:700 done:500" },
	{ "provisional: long timer, acknowledgement asked for",
	  { REQ, RCV("100 700\r\n"), MS(4900), RCV("200 700 OK\r\nK:\r\n") },
	  "send:700 answer:000 done:200" },
	{ "final answer repeated after a provisional one: acknowledged again",
	  { REQ, RCV("100 700\r\n"), RCV("200 700\r\nK:\r\n"), RCV("200 700\r\nK:\r\n") },
	  "send:700 answer:000 done:200 answer:000" },
	{ "provisional, then silence",
	  { REQ, RCV("100 700\r\n"), MS(5100), MS(60000) },
	  "send:700 send:700 send:700 send:700 send:700 send:700 none" },
	{ "provisional after a repetition",
	  { REQ, MS(300), RCV("101 700\r\n"), MS(3000), RCV("200 700\r\n") },
	  "send:700 send:700 done:200" },
	{ "000 for us is nothing",
	  { REQ, RCV("000 700\r\n"), RCV("200 700\r\n") },
	  "send:700 done:200" },
	{ "new request from inside",
	  { { AGAIN }, REQ, RCV("200 700\r\n"), RCV("200 701\r\n") },
	  "send:700 done:200 send:701 done:200" },
	{ "identifiers start over",
	  { REQ, RCV("200 999999999\r\n"), REQ, RCV("200 1\r\n") },
	  "send:999999999 done:200 send:1 done:200",
	  { .first_tid = 999999999 } },
	{ "two in a datagram",
	  { REQ, REQ, RCV("200 701\r\n.\r\n200 700\r\n") },
	  "send:700 send:701 done:200 done:200" },
	{ "command, answered", { RCV(RSIP1) }, "command:9 answer:200" },
	{ "command repeated: done once",
	  { RCV(RSIP1), MS(1000), RCV(RSIP1), MS(28000), RCV(RSIP1) },
	  "command:9 answer:200 answer:200 answer:200" },
	{ "repeated command gets the answer of then",
	  { { CODE, NULL, 536 }, RCV(RSIP1), { CODE, NULL, 200 }, RCV(RSIP1) },
	  "command:9 answer:536 answer:536" },
	{ "after T-HIST it is a new one",
	  { RCV(RSIP1), MS(30100), RCV(RSIP1) },
	  "command:9 answer:200 command:9 answer:200" },
	{ "same identifier in another domain is another command",
	  { RCV(RSIP1), RCV("RSIP 9 *@gw2 MGCP 1.0\r\nRM: restart\r\n") },
	  "command:9 answer:200 command:9 answer:200" },
	{ "domain without regard to case",
	  { RCV(RSIP1), RCV("RSIP 9 *@GW MGCP 1.0\r\nRM: restart\r\n") },
	  "command:9 answer:200 answer:200" },
	{ "confirmed by K: repetition is ignored",
	  { RCV(RSIP1), RCV("RSIP 10 *@gw MGCP 1.0\r\nK: 7-9\r\nRM: restart\r\n"), RCV(RSIP1) },
	  "command:9 answer:200 command:10 answer:200" },
	{ "wide K is no work",
	  { RCV(RSIP1), RCV("RSIP 10 *@gw MGCP 1.0\r\nK: 1-999999999\r\nRM: restart\r\n") },
	  "command:9 answer:200 command:10 answer:200" },
	{ "bad command is told so", { RCV("RSIP 9 *@gw MGCP 1.0\r\n") }, "answer:510" },
	{ "other version", { RCV("RSIP 9 *@gw MGCP 2.0\r\nRM: restart\r\n") }, "answer:528" },
	{ "critical extension",
	  { RCV("RSIP 9 *@gw MGCP 1.0\r\nX+a: b\r\nRM: restart\r\n") },
	  "answer:511" },
	{ "optional extension",
	  { RCV("RSIP 9 *@gw MGCP 1.0\r\nX-a: b\r\nRM: restart\r\n") },
	  "command:9 answer:200" },
	{ "noise gets no answer",
	  { RCV("hello\r\n"), RCV(""), RCV("2x0 700\r\n"), RCV("\r\n.\r\n") },
	  "" },
	{ "bad answer is none",
	  { REQ, RCV("200 700 OK\r\nI: xyz\r\n"), MS(210) },
	  "send:700 send:700" },
};

START_TEST(script)
{
	struct bench b;

	start(&b, scripts[_i].cfg);
	for (const struct step *s = scripts[_i].steps; s->act != END; s++) {
		if (s->act == REQUEST)
			request(&b);
		else if (s->act == RX)
			rx(&b, s->text);
		else if (s->act == WAIT)
			pass(s->n);
		else if (s->act == AGAIN)
			b.again = true;
		else
			b.code = s->n;
	}
	if (strcmp(b.heard, scripts[_i].expected))
		ck_abort_msg("%s:\n  heard    %s\n  expected %s", scripts[_i].title, b.heard,
			     scripts[_i].expected);
	stop(&b, scripts[_i].expected);
}
END_TEST

/* 4.3: the delays double, shortened by up to half at random, and stay below RTO-MAX. */
START_TEST(back_off)
{
	unsigned int times[64], n = 0, sent = 1;
	struct bench b;

	start(&b, (struct mgcp_agent_cfg){ .max_retransmissions = 20, .t_max = 60000 });
	request(&b);
	for (unsigned int ms = 0; ms < 50000; ms += 10) {
		pass(10);
		if (mgcp_agent_counters(b.agent)->sent == sent)
			continue;
		sent++;
		times[n++] = ms + 10;
	}
	ck_assert_uint_ge(n, 10);
	ck_assert_uint_eq(times[0], 200);
	for (unsigned int i = 1; i < n; i++) {
		unsigned int gap = times[i] - times[i - 1];
		unsigned int before = i > 1 ? times[i - 1] - times[i - 2] : 200;

		ck_assert_uint_le(gap, 4010);
		ck_assert_uint_le(gap, 2 * before + 20);
		ck_assert_uint_ge(gap + 20, before < 2000 ? before : 2000);
	}
	ck_assert_uint_ge(times[n - 1] - times[n - 2], 2000);
	mgcp_agent_free(b.agent);
	talloc_free(b.ctx);
}
END_TEST

/* A slow gateway is not hurried: the first repetition follows the measured round trip; repeated
 * ones are not measured. */
START_TEST(round_trip)
{
	struct bench b;
	char text[32];

	start(&b, (struct mgcp_agent_cfg){ 0 });
	ck_assert_uint_eq(mgcp_agent_rto(b.agent), 200);
	request(&b);
	pass(190);
	rx(&b, "200 700\r\n");
	ck_assert_uint_gt(mgcp_agent_rto(b.agent), 400);
	request(&b);
	pass(3000);
	rx(&b, "200 701\r\n");
	ck_assert_uint_eq(mgcp_agent_counters(b.agent)->rtt_n, 1);
	for (unsigned int i = 702; i < 760; i++) {
		request(&b);
		snprintf(text, sizeof(text), "200 %u\r\n", i);
		rx(&b, text);
	}
	ck_assert_uint_eq(mgcp_agent_rto(b.agent), 200);
	ck_assert_uint_eq(mgcp_agent_counters(b.agent)->rtt_max_us, 190000);
	mgcp_agent_free(b.agent);
	talloc_free(b.ctx);
}
END_TEST

/* K names each answer once, not those of provisional kind, none older than T-HIST (3.2.2.1). */
START_TEST(acknowledging)
{
	struct bench b;

	start(&b, (struct mgcp_agent_cfg){ .acknowledge = true });
	request(&b);
	rx(&b, "200 700\r\n");
	request(&b);
	rx(&b, "100 701\r\n");
	rx(&b, "200 701\r\nK:\r\n");
	ck_assert_ptr_null(strstr(b.last, "701 ds"));
	request(&b);
	ck_assert_ptr_null(strstr(b.last, "K:"));
	rx(&b, "200 702\r\n");
	request(&b);
	ck_assert_ptr_nonnull(strstr(b.last, "K: 702\r\n"));
	rx(&b, "515 703\r\n");
	pass(30100);
	request(&b);
	ck_assert_ptr_null(strstr(b.last, "K:"));
	for (int i = 0; i < 3; i++)
		request(&b);
	rx(&b, "200 704\r\n.\r\n200 705\r\n.\r\n200 706\r\n");
	request(&b);
	ck_assert_ptr_nonnull(strstr(b.last, "K: 704, 705, 706\r\n"));
	mgcp_agent_free(b.agent);
	talloc_free(b.ctx);
}
END_TEST

START_TEST(bounds)
{
	struct mgcp_msg m = mgcp_command(MGCP_AUEP, "ds/1@gw");
	struct mgcp_transaction *t;
	char text[64];
	struct bench b;
	size_t blocks;

	start(&b, (struct mgcp_agent_cfg){ .max_transactions = 100 });
	blocks = talloc_total_blocks(b.ctx);
	for (int i = 0; i < 100; i++) {
		b.heard[0] = '\0';
		ck_assert_int_eq(mgcp_agent_request(&t, b.agent, &m, on_done, &b), 0);
	}
	ck_assert_int_eq(mgcp_agent_request(NULL, b.agent, &m, on_done, &b), -EBUSY);
	mgcp_transaction_cancel(t);
	ck_assert_int_eq(mgcp_agent_request(&t, b.agent, &m, on_done, &b), 0);
	ck_assert_uint_eq(mgcp_agent_outstanding(b.agent), 100);
	m.endpoint = mgcp_text("no at");
	mgcp_transaction_cancel(t);
	ck_assert_int_eq(mgcp_agent_request(&t, b.agent, &m, on_done, &b), -EINVAL);
	/* more commands than are remembered: memory stays, and the newest are still known */
	for (int i = 1; i <= 3 * MGCP_HISTORY; i++) {
		b.heard[0] = '\0';
		snprintf(text, sizeof(text), "RSIP %d *@gw MGCP 1.0\r\nRM: restart\r\n", i);
		rx(&b, text);
	}
	b.heard[0] = '\0';
	rx(&b, text);
	ck_assert_str_eq(b.heard, "answer:200");
	ck_assert_uint_eq(talloc_total_blocks(b.ctx), blocks + 99);
	b.heard[0] = '\0';
	stop(&b, "");
}
END_TEST

/* What is received is accounted for: answered + orphans + provisional + commands + malformed. */
START_TEST(sums)
{
	const struct mgcp_agent_counters *n;
	struct bench b;

	start(&b, (struct mgcp_agent_cfg){ 0 });
	request(&b);
	rx(&b, "100 700\r\n");
	rx(&b, "400 700\r\n");
	rx(&b, "200 700\r\n");
	rx(&b, "bad\r\n");
	rx(&b, RSIP1);
	rx(&b, RSIP1);
	n = mgcp_agent_counters(b.agent);
	ck_assert_uint_eq(n->received, n->answered + n->orphans + n->provisional + n->commands_in +
					       n->malformed);
	ck_assert(n->answered == 1 && n->failures == 1 && n->orphans == 1 && n->commands_in == 2 &&
		  n->duplicates == 1);
	mgcp_agent_free(b.agent);
	talloc_free(b.ctx);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("mgcp transactions");
	TCase *t = tcase_create("agent");

	tcase_add_loop_test(t, script, 0, sizeof(scripts) / sizeof(scripts[0]));
	tcase_add_test(t, back_off);
	tcase_add_test(t, round_trip);
	tcase_add_test(t, acknowledging);
	tcase_add_test(t, bounds);
	tcase_add_test(t, sums);
	suite_add_tcase(s, t);
	return suite_run(s);
}
