/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The SIP edge: two of them in one process, talking over loopback. */
#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <osmocom/core/logging.h>
#include <osmocom/core/talloc.h>

#include "tests/sip/pair.h"

/* --- the plain call --- */

START_TEST(test_answered)
{
	establish(_i ? SIP_TCP : SIP_UDP);
	ck_assert(body_is(&a, answer_sdp, strlen(answer_sdp)));
	ck_assert_str_eq(sip_leg_call_id(a.leg), sip_leg_call_id(b.leg));
	party_out(&out, "", NULL, NULL, 0);
	strcpy(out.reason, "Q.850;cause=16");
	sip_leg_release(a.leg, 0, &out);
	expect(&b, "b.bye");
	ck_assert_str_eq(b.reason, "Q.850;cause=16");
	party_run(50);
	ck_assert_uint_eq(sip_dialogs(a.sip), 0);
	ck_assert_uint_eq(sip_dialogs(b.sip), 0);
	ck_assert_str_eq(a.log, "a.180 a.200 ");
	ck_assert_str_eq(b.log, "b.invite b.acked b.because:BYE b.bye ");
}
END_TEST

START_TEST(test_callee_hangs_up)
{
	establish(SIP_UDP);
	sip_leg_release(b.leg, 0, NULL);
	ck_assert_uint_eq(sip_byes(b.sip), 1);
	expect(&a, "a.bye");
	party_run(50);
	ck_assert_uint_eq(sip_dialogs(a.sip) + sip_dialogs(b.sip) + sip_byes(b.sip), 0);
}
END_TEST

static void busy(struct party *p, struct sip_leg *leg, const struct sip_msg *msg)
{
	struct sip_out o;

	party_out(&o, "", NULL, NULL, 0);
	strcpy(o.reason, "Q.850;cause=17");
	ck_assert_int_eq(sip_leg_reply(leg, 486, "Busy Now", &o, SIP_100REL_OFF), 0);
}

START_TEST(test_busy)
{
	b.on_invite = busy;
	ck_assert_int_eq(call(_i ? SIP_TCP : SIP_UDP, SIP_100REL_OFF), 0);
	expect(&a, "a.486");
	ck_assert_str_eq(a.reason, "Q.850;cause=17");
	party_run(50);
	ck_assert_uint_eq(sip_dialogs(a.sip) + sip_dialogs(b.sip), 0);
	ck_assert(strstr(b.octets, "SIP/2.0 486 Busy Now") != NULL);
	ck_assert(strstr(a.octets, "\nACK sip:") != NULL);
}
END_TEST

/* --- trace --- */

/* Is each message that `from` marks so (">>" sent, "<<" received) in the other's trace, octet for
 * octet? */
static void same(const struct party *from, const char *mark, const struct party *other)
{
	const char *at = from->octets, *end = from->octets + from->octets_len, *text;
	char peer[64];
	size_t len;
	int n;

	while (at < end) {
		ck_assert_int_eq(sscanf(at + 2, "%zu %63s%n", &len, peer, &n), 2);
		text = at + 2 + n + 1;
		if (strncmp(at, mark, 2) == 0) {
			ck_assert_msg(memmem(other->octets, other->octets_len, text, len) != NULL,
				      "%s %s is not known to %s:\n%.*s", from->name, mark,
				      other->name, (int)len, text);
			ck_assert(strncmp(peer, "127.0.0.1:", 10) == 0 &&
				  strcmp(peer + 10, "0") != 0);
		}
		at = text + len;
	}
}

static void same_traces(void)
{
	party_run(30);
	same(&a, ">>", &b);
	same(&b, "<<", &a);
	same(&b, ">>", &a);
	same(&a, "<<", &b);
}

/* What one side says it sent is what the other side got: also what the stack makes by itself. */
START_TEST(test_trace_failure)
{
	b.on_invite = busy;
	ck_assert_int_eq(call(_i ? SIP_TCP : SIP_UDP, SIP_100REL_OFF), 0);
	expect(&a, "a.486");
	same_traces();
	ck_assert(strstr(a.octets, "\nACK sip:") != NULL);
	ck_assert(strstr(a.octets, "SIP/2.0 100 Trying") != NULL);
}
END_TEST

START_TEST(test_trace_cancel)
{
	ck_assert_int_eq(call(_i ? SIP_TCP : SIP_UDP, SIP_100REL_SUPPORTED), 0);
	expect(&b, "b.invite");
	reply_reliably(183, answer_sdp);
	reply_reliably(180, NULL);
	expect(&a, "a.180");
	party_run(30);
	give_up(&a, "Q.850;cause=16");
	expect(&b, "b.cancelled");
	same_traces();
	ck_assert(strstr(a.octets, "\nPRACK sip:") != NULL);
	ck_assert(strstr(a.octets, "\nCANCEL sip:") != NULL);
}
END_TEST

START_TEST(test_trace_call)
{
	establish(_i ? SIP_TCP : SIP_UDP);
	sdp_out(&out, offer_sdp);
	ck_assert_int_eq(sip_leg_reinvite(a.leg, &out), 0);
	expect(&b, "b.reinvite");
	ck_assert_int_eq(sip_leg_answer_offer(b.leg, 488, NULL), 0);
	expect(&a, "a.result-488");
	party_out(&out, "", "application/isup", isup, sizeof(isup));
	ck_assert_int_eq(sip_leg_info(b.leg, &out), 0);
	expect(&a, "a.info");
	give_up(&b, "Q.850;cause=16");
	expect(&a, "a.bye");
	same_traces();
}
END_TEST

/* --- bodies are octets --- */

START_TEST(test_binary_body)
{
	struct sip_out o;

	party_out(&out, "b", "multipart/mixed;boundary=x", isup, sizeof(isup));
	ck_assert_int_eq(
		party_call(&a, sip_port(b.sip, _i), _i ? SIP_TCP : SIP_UDP, &out, SIP_100REL_OFF),
		0);
	expect(&b, "b.invite");
	ck_assert(body_is(&b, isup, sizeof(isup)));
	ck_assert_str_eq(b.ctype, "multipart/mixed;boundary=x");
	party_out(&o, "", "application/isup;version=itu-t92+", isup, sizeof(isup));
	ck_assert_int_eq(sip_leg_reply(b.leg, 200, NULL, &o, SIP_100REL_OFF), 0);
	expect(&a, "a.200");
	ck_assert(body_is(&a, isup, sizeof(isup)));
	ck_assert_str_eq(a.ctype, "application/isup;version=itu-t92+");
	expect(&b, "b.acked");
	ck_assert(memmem(a.octets, a.octets_len, isup, sizeof(isup)) != NULL);
	sip_leg_release(a.leg, 0, &o);
	expect(&b, "b.bye");
	ck_assert(body_is(&b, isup, sizeof(isup)));
}
END_TEST

/* An INVITE beyond 1300 octets stays on UDP: the target says the transport. */
START_TEST(test_large_udp)
{
	uint8_t big[6000];

	memset(big, 0xa5, sizeof(big));
	party_out(&out, "b", "application/isup", big, sizeof(big));
	ck_assert_int_eq(party_call(&a, sip_port(b.sip, 0), SIP_UDP, &out, SIP_100REL_OFF), 0);
	expect(&b, "b.invite");
	ck_assert(body_is(&b, big, sizeof(big)));
	ck_assert(strstr(b.octets, "Via: SIP/2.0/UDP") != NULL);
}
END_TEST

START_TEST(test_headers)
{
	party_out(&out, "+498912345;npdi", "application/sdp", offer_sdp, strlen(offer_sdp));
	strcpy(out.pai, "<tel:+4930123>");
	strcpy(out.diversion, "<sip:+49111@h>;reason=unconditional;counter=1");
	strcpy(out.privacy, "id");
	strcpy(out.reason, "evil\r\nX-Injected: yes");
	strcpy(out.headers, "X-One: 1\r\nP-Early-Media: supported\r\n"
	       "Supported: histinfo\r\n");
	out.max_forwards = 17;
	ck_assert_int_eq(party_call(&a, sip_port(b.sip, 0), SIP_UDP, &out, SIP_100REL_SUPPORTED),
			 0);
	expect(&b, "b.invite");
	ck_assert_int_eq(b.max_forwards, 17);
	ck_assert_str_eq(b.pai, "<tel:+4930123>");
	ck_assert_str_eq(b.diversion, "<sip:+49111@h>;reason=unconditional;counter=1");
	ck_assert_str_eq(b.from, "\"A, B\" <sip:+49301234@127.0.0.1;user=phone>");
	ck_assert_str_eq(b.to, "<sip:+498912345;npdi@127.0.0.1>");
	ck_assert_str_eq(b.ruri, "sip:+498912345;npdi@127.0.0.1");
	ck_assert(strncmp(b.source, "127.0.0.1:", 10) == 0);
	ck_assert_str_eq(b.source, sip_leg_peer(b.leg));
	ck_assert(strstr(b.octets, "\nX-Injected") == NULL);
	ck_assert(strstr(b.octets, "\nX-One: 1\r\n") != NULL);
	ck_assert(sip_leg_peer_supports(b.leg, "100rel"));
	ck_assert(sip_leg_peer_supports(b.leg, "UPDATE"));
	ck_assert(sip_leg_peer_supports(b.leg, "histinfo"));
	ck_assert(sip_leg_peer_supports(b.leg, "100rel"));
	ck_assert(!sip_leg_peer_supports(b.leg, "timer"));
	strcpy(out.headers, "No-End: 1");
	ck_assert_int_eq(party_call(&a, sip_port(b.sip, 0), SIP_UDP, &out, SIP_100REL_OFF),
			 -EINVAL);
	strcpy(out.headers, "Early-End: 1\r\n\r\nbody\r\n");
	ck_assert_int_eq(party_call(&a, sip_port(b.sip, 0), SIP_UDP, &out, SIP_100REL_OFF),
			 -EINVAL);
}
END_TEST

/* --- giving up --- */

START_TEST(test_cancel)
{
	ck_assert_int_eq(call(_i ? SIP_TCP : SIP_UDP, SIP_100REL_OFF), 0);
	expect(&b, "b.invite");
	reply(180, NULL);
	expect(&a, "a.180");
	give_up(&a, "Q.850;cause=102");
	expect(&b, "b.cancelled");
	ck_assert_str_eq(b.reason, "Q.850;cause=102");
	party_run(50);
	ck_assert_str_eq(a.log, "a.180 ");
	ck_assert_uint_eq(sip_dialogs(a.sip) + sip_dialogs(b.sip), 0);
	ck_assert(strstr(a.octets, "SIP/2.0 487") != NULL);
	ck_assert(strstr(b.octets, "SIP/2.0 487") != NULL);
}
END_TEST

/* Given up before any response: the CANCEL waits for the first one. */
START_TEST(test_cancel_held_back)
{
	ck_assert_int_eq(call(SIP_UDP, SIP_100REL_OFF), 0);
	give_up(&a, "SIP;cause=480");
	ck_assert(strstr(a.octets, "\nCANCEL ") == NULL);
	expect(&b, "b.cancelled");
	ck_assert(strstr(a.octets, "\nCANCEL ") != NULL);
	ck_assert_str_eq(b.reason, "SIP;cause=480");
	party_run(50);
	ck_assert_uint_eq(sip_dialogs(a.sip) + sip_dialogs(b.sip), 0);
}
END_TEST

static void answer_at_once(struct party *p, struct sip_leg *leg, const struct sip_msg *msg)
{
	reply(200, answer_sdp);
}

/* CANCEL crosses the 200: it is acknowledged, and BYE follows with the reason. */
START_TEST(test_cancel_crossing)
{
	b.on_invite = answer_at_once;
	ck_assert_int_eq(call(SIP_UDP, SIP_100REL_OFF), 0);
	give_up(&a, "Q.850;cause=31");
	expect(&b, "b.acked");
	expect(&b, "b.bye");
	ck_assert_str_eq(b.reason, "Q.850;cause=31");
	party_run(50);
	ck_assert_str_eq(a.log, "");
	ck_assert_uint_eq(sip_dialogs(a.sip) + sip_dialogs(b.sip), 0);
}
END_TEST

START_TEST(test_callee_releases_unanswered)
{
	ck_assert_int_eq(call(SIP_UDP, SIP_100REL_OFF), 0);
	expect(&b, "b.invite");
	give_up(&b, "Q.850;cause=18");
	expect(&a, "a.480");
	ck_assert_str_eq(a.reason, "Q.850;cause=18");
	ck_assert_uint_eq(sip_dialogs(b.sip), 0);
}
END_TEST

/* Given up after the 200, before its ACK: BYE waits for the ACK. */
START_TEST(test_callee_releases_before_ack)
{
	ck_assert_int_eq(call(SIP_UDP, SIP_100REL_OFF), 0);
	expect(&b, "b.invite");
	reply(200, answer_sdp);
	give_up(&b, "Q.850;cause=41");
	ck_assert(strstr(b.octets, "\nBYE ") == NULL);
	expect(&a, "a.bye");
	ck_assert_str_eq(a.reason, "Q.850;cause=41");
	party_run(50);
	ck_assert(strstr(b.log, "acked") == NULL);
	ck_assert_uint_eq(sip_dialogs(a.sip) + sip_dialogs(b.sip), 0);
}
END_TEST

START_TEST(test_nobody_bound)
{
	a.on_event = NULL;
	b.on_invite = NULL;
	ck_assert_int_eq(call(SIP_UDP, SIP_100REL_OFF), 0);
	expect(&b, "b.invite");
	sip_leg_release(b.leg, 0, NULL);
	expect(&a, "a.487");
}
END_TEST

/* --- no peer --- */

START_TEST(test_no_response)
{
	ck_assert_int_eq(call(SIP_UDP, SIP_100REL_OFF), 0);
	b.mute = true;
	ck_assert(party_wait(&a, "a.408-", 6000));
	party_run(20);
	ck_assert_uint_eq(sip_dialogs(a.sip), 0);
	ck_assert_uint_gt(sip_counter(b.sip, SIP_CTR_SILENCED), 3);
	ck_assert_str_eq(b.log, "");
}
END_TEST

START_TEST(test_refused_transport)
{
	uint16_t port = sip_port(b.sip, _i);

	party_close(&b);
	sdp_out(&out, offer_sdp);
	ck_assert_int_eq(party_call(&a, port, _i ? SIP_TCP : SIP_UDP, &out, SIP_100REL_OFF), 0);
	ck_assert(party_wait(&a, "a.503-", 3000));
	ck_assert_uint_eq(sip_dialogs(a.sip), 0);
	party_open(&b, "b", NULL);
}
END_TEST

START_TEST(test_bad_targets)
{
	struct sip_target six = { "::1", 5060, SIP_UDP },
			  name = { "tollgate.invalid", 5060, SIP_UDP };
	struct sip_target none = { "127.0.0.1", sip_port(b.sip, 0), SIP_UDP };

	sdp_out(&out, offer_sdp);
	ck_assert_int_eq(sip_leg_invite(&a.leg, a.sip, &six, &out, SIP_100REL_OFF, &party_ops, &a),
			 -ENETUNREACH);
	strcpy(out.ruri, "not a uri");
	ck_assert_int_eq(sip_leg_invite(&a.leg, a.sip, &none, &out, SIP_100REL_OFF, &party_ops, &a),
			 -EINVAL);
	sdp_out(&out, offer_sdp);
	ck_assert_int_eq(sip_leg_invite(&a.leg, a.sip, &name, &out, SIP_100REL_OFF, &party_ops, &a),
			 0);
	ck_assert_msg(party_wait(&a, "a.503-", 8000) || party_wait(&a, "a.408-", 100), "%s", a.log);
	ck_assert_uint_eq(sip_dialogs(a.sip), 0);
}
END_TEST

/* --- nothing is left behind, nothing is half opened --- */

START_TEST(test_no_leaks)
{
	size_t blocks_a = 0, blocks_b = 0;
	int i;

	for (i = 0; i < 12; i++) {
		b.on_invite = i % 3 == 0 ? busy : i % 3 == 1 ? answer_at_once : NULL;
		a.log[0] = b.log[0] = '\0';
		ck_assert_int_eq(call(i & 1 ? SIP_TCP : SIP_UDP, SIP_100REL_SUPPORTED), 0);
		expect(&b, i % 3 == 1 ? "b.acked" : "b.invite");
		party_run(30);
		if (a.leg)
			give_up(&a, "Q.850;cause=16");
		ck_assert(nothing_left());
		if (i == 3) {
			blocks_a = talloc_total_blocks(a.sip);
			blocks_b = talloc_total_blocks(b.sip);
		}
	}
	ck_assert_uint_eq(talloc_total_blocks(a.sip), blocks_a);
	ck_assert_uint_eq(talloc_total_blocks(b.sip), blocks_b);
}
END_TEST

START_TEST(test_port_in_use)
{
	struct sip_cfg_listen listen[] = { { SIP_UDP, "127.0.0.1", 0 },
					   { SIP_UDP, "127.0.0.1", sip_port(b.sip, 0) } };
	struct sip_cfg cfg = { .listen = listen, .n_listen = 2, .log_cat = DLGLOBAL };
	struct sip_user user = { .ctx = NULL };

	ck_assert_ptr_null(sip_new(NULL, &cfg, &user));
	listen[1].address = "no address";
	ck_assert_ptr_null(sip_new(NULL, &cfg, &user));
	cfg.n_listen = 0;
	ck_assert_ptr_null(sip_new(NULL, &cfg, &user));
	establish(SIP_UDP);
}
END_TEST

START_TEST(test_wildcard)
{
	struct sip_cfg_listen listen = { SIP_UDP, "0.0.0.0", 0 };
	struct sip_cfg cfg = { .listen = &listen, .n_listen = 1, .log_cat = DLGLOBAL };
	struct sip_user user = { .ctx = NULL };
	struct sip_target target = { "127.0.0.1", sip_port(b.sip, 0), SIP_UDP };
	struct sip *sip = sip_new(NULL, &cfg, &user);

	ck_assert_ptr_nonnull(sip);
	ck_assert_str_ne(sip_host(sip), "0.0.0.0");
	sdp_out(&out, offer_sdp);
	ck_assert_int_eq(
		sip_leg_invite(&a.leg, sip, &target, &out, SIP_100REL_OFF, &party_ops, &a), 0);
	expect(&b, "b.invite");
	ck_assert(strstr(b.contact, sip_host(sip)) != NULL);
	reply(486, NULL);
	expect(&a, "a.486");
	sip_free(sip);
}
END_TEST

/* A Contact with a user part: the peer's requests in the dialog find us by it. */
START_TEST(test_contact_user)
{
	struct sip_target target = { "127.0.0.1", sip_port(b.sip, _i), _i ? SIP_TCP : SIP_UDP };

	sdp_out(&out, offer_sdp);
	strcpy(out.contact_user, "+4930;tgrp=a;trunk-context=b.example");
	ck_assert_int_eq(sip_leg_invite(&a.leg, a.sip, &target, &out, SIP_100REL_OFF, &party_ops,
					&a), 0);
	expect(&b, "b.invite");
	ck_assert_ptr_nonnull(strstr(b.contact, "<sip:+4930;tgrp=a;trunk-context=b.example@127."));
	ck_assert_ptr_nonnull(strstr(b.contact, ";user=phone>"));
	reply(200, answer_sdp);
	expect(&b, "b.acked");
	sip_leg_release(b.leg, 0, NULL);
	expect(&a, "a.bye");
}
END_TEST

/* What could end the URI early is not said. */
START_TEST(test_contact_user_bad)
{
	struct sip_target target = { "127.0.0.1", sip_port(b.sip, 0), SIP_UDP };

	sdp_out(&out, offer_sdp);
	strcpy(out.contact_user, "a>@b");
	ck_assert_int_eq(sip_leg_invite(&a.leg, a.sip, &target, &out, SIP_100REL_OFF, &party_ops,
					&a), 0);
	expect(&b, "b.invite");
	ck_assert_ptr_null(strstr(b.contact, "a>"));
	reply(486, NULL);
	expect(&a, "a.486");
}
END_TEST

static Suite *sip_suite(void)
{
	Suite *s = suite_create("sip");
	TCase *t = tcase_create("calls");

	tcase_add_checked_fixture(t, pair_open, pair_close);
	tcase_set_timeout(t, 20);
	tcase_add_loop_test(t, test_answered, 0, 2);
	tcase_add_test(t, test_callee_hangs_up);
	tcase_add_loop_test(t, test_contact_user, 0, 2);
	tcase_add_test(t, test_contact_user_bad);
	tcase_add_loop_test(t, test_busy, 0, 2);
	tcase_add_loop_test(t, test_trace_failure, 0, 2);
	tcase_add_loop_test(t, test_trace_cancel, 0, 2);
	tcase_add_loop_test(t, test_trace_call, 0, 2);
	tcase_add_loop_test(t, test_binary_body, 0, 2);
	tcase_add_test(t, test_large_udp);
	tcase_add_test(t, test_headers);
	tcase_add_loop_test(t, test_cancel, 0, 2);
	tcase_add_test(t, test_cancel_held_back);
	tcase_add_test(t, test_cancel_crossing);
	tcase_add_test(t, test_callee_releases_unanswered);
	tcase_add_test(t, test_callee_releases_before_ack);
	tcase_add_test(t, test_nobody_bound);
	tcase_add_test(t, test_no_response);
	tcase_add_loop_test(t, test_refused_transport, 0, 2);
	tcase_add_test(t, test_bad_targets);
	tcase_add_test(t, test_no_leaks);
	tcase_add_test(t, test_port_in_use);
	tcase_add_test(t, test_wildcard);
	suite_add_tcase(s, t);
	return s;
}

int main(void)
{
	return pair_main(sip_suite());
}
