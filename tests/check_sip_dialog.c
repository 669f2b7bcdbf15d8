/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The SIP edge within a dialog: reliable provisionals, INFO, offers both ways, delayed offers,
 * release inside ops. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "tests/sip/pair.h"

static unsigned int count(const char *text, const char *word)
{
	unsigned int n = 0;

	for (text = strstr(text, word); text; text = strstr(text + 1, word))
		n++;
	return n;
}

/* --- 100rel (RFC 3262) --- */

START_TEST(test_reliable)
{
	ck_assert_int_eq(call(SIP_UDP, _i ? SIP_100REL_REQUIRED : SIP_100REL_SUPPORTED), 0);
	expect(&b, "b.invite");
	reply_reliably(183, answer_sdp);
	reply_reliably(180, NULL);
	expect(&a, "a.183");
	ck_assert(body_is(&a, answer_sdp, strlen(answer_sdp)));
	expect(&a, "a.180");
	reply(200, NULL);
	expect(&b, "b.acked");
	ck_assert_uint_ge(count(b.octets, "\nPRACK "), 2);
	ck_assert_str_eq(a.log, "a.183 a.180 a.200 ");
	ck_assert(strstr(a.octets, "\nRAck: ") != NULL);
	give_up(&a, "");
	ck_assert(nothing_left());
}
END_TEST

/* The second provisional and the answer wait until the first is acknowledged. */
START_TEST(test_reliable_queue)
{
	ck_assert_int_eq(call(SIP_UDP, SIP_100REL_SUPPORTED), 0);
	expect(&b, "b.invite");
	reply_reliably(183, answer_sdp);
	reply_reliably(180, NULL);
	reply(200, NULL);
	ck_assert_uint_eq(count(b.octets, "\nSIP/2.0 18"), 1);
	ck_assert_uint_eq(count(b.octets, "SIP/2.0 200"), 0);
	expect(&b, "b.acked");
	ck_assert_str_eq(a.log, "a.183 a.180 a.200 ");
	give_up(&b, "");
	expect(&a, "a.bye");
	ck_assert(nothing_left());
}
END_TEST

/* The answer finds room behind as many as can wait: those without description are not said. */
START_TEST(test_reliable_queue_full)
{
	struct sip_out o;
	int n = 0;

	ck_assert_int_eq(call(SIP_UDP, SIP_100REL_SUPPORTED), 0);
	expect(&b, "b.invite");
	reply_reliably(183, answer_sdp);
	party_out(&o, "", NULL, NULL, 0);
	while (sip_leg_reply(b.leg, 180, NULL, &o, SIP_100REL_SUPPORTED) == 0)
		n++;
	ck_assert_int_eq(n, 16);
	reply(200, NULL);
	expect(&b, "b.acked");
	ck_assert_str_eq(a.log, "a.183 a.200 ");
	give_up(&b, "");
	expect(&a, "a.bye");
	ck_assert(nothing_left());
}
END_TEST

/* A failure does not wait. */
START_TEST(test_reliable_failure)
{
	ck_assert_int_eq(call(SIP_UDP, SIP_100REL_SUPPORTED), 0);
	expect(&b, "b.invite");
	reply_reliably(183, answer_sdp);
	reply_reliably(180, NULL);
	reply(486, NULL);
	expect(&a, "a.486");
	ck_assert(strstr(a.log, "a.180") == NULL);
	ck_assert(nothing_left());
}
END_TEST

START_TEST(test_never_pracked)
{
	ck_assert_int_eq(call(SIP_UDP, SIP_100REL_SUPPORTED), 0);
	expect(&b, "b.invite");
	b.mute = true;
	reply_reliably(183, answer_sdp);
	ck_assert_msg(party_wait(&b, "b.broken", 6000), "%s", b.log);
	ck_assert(party_said(&b, "response not acknowledged"));
	ck_assert_uint_eq(sip_dialogs(b.sip), 0);
	expect(&a, "a.503");
}
END_TEST

static void take_both(struct party *p, const char *event, const struct sip_msg *msg)
{
	struct sip_out o;

	sdp_out(&o, answer_sdp);
	if (strcmp(event, "reinvite") == 0 || strcmp(event, "update") == 0 ||
	    strcmp(event, "prack") == 0)
		ck_assert_int_eq(sip_leg_answer_offer(p->leg, 200, &o), 0);
}

/* --- INFO --- */

static int send_info(struct party *p, uint8_t number)
{
	party_out(&out, "", "application/isup;version=itu-t92+", isup, sizeof(isup));
	out.body[0] = number;
	return sip_leg_info(p->leg, &out);
}

START_TEST(test_info_order)
{
	uint8_t i;

	establish(SIP_UDP);
	for (i = 0; i < 6; i++)
		ck_assert_int_eq(send_info(&a, i), 0);
	ck_assert_uint_eq(count(a.octets, "\nINFO "), 1);
	expect(&b, "b.info b.info b.info b.info b.info b.info");
	ck_assert_uint_eq(b.body[0], 5);
	ck_assert_str_eq(b.ctype, "application/isup;version=itu-t92+");
	ck_assert_int_eq(send_info(&b, 9), 0);
	expect(&a, "a.info");
	ck_assert_uint_eq(a.body[0], 9);
	for (i = 0; i < 40; i++) {
		if (send_info(&a, i) == -ENOBUFS)
			break;
	}
	ck_assert_uint_eq(i, 17);
	give_up(&a, "");
	expect(&b, "b.bye");
	ck_assert(nothing_left());
}
END_TEST

START_TEST(test_info_early)
{
	ck_assert_int_eq(call(SIP_UDP, SIP_100REL_OFF), 0);
	ck_assert_int_eq(send_info(&a, 1), -ENOTCONN);
	expect(&b, "b.invite");
	ck_assert_int_eq(send_info(&b, 1), -ENOTCONN);
	reply(183, NULL);
	expect(&a, "a.183");
	ck_assert_int_eq(send_info(&a, 1), 0);
	ck_assert_int_eq(send_info(&b, 2), 0);
	expect(&b, "b.info");
	expect(&a, "a.info");
	reply(200, answer_sdp);
	expect(&b, "b.acked");
}
END_TEST

/* The peer has forgotten the dialog. */
START_TEST(test_info_broken)
{
	establish(SIP_UDP);
	b.mute = true;
	ck_assert_int_eq(send_info(&a, 1), 0);
	ck_assert_int_eq(send_info(&a, 2), 0);
	ck_assert_msg(party_wait(&a, "a.broken", 6000), "%s", a.log);
	ck_assert(party_said(&a, "INFO found no dialog"));
	ck_assert_uint_eq(sip_dialogs(a.sip), 0);
}
END_TEST

/* --- offers within the dialog --- */

static int reinvite(struct party *p)
{
	sdp_out(&out, offer_sdp);
	return sip_leg_reinvite(p->leg, &out);
}

START_TEST(test_reinvite)
{
	struct party *from = _i ? &b : &a, *to = _i ? &a : &b;

	establish(_i > 1 ? SIP_TCP : SIP_UDP);
	to->on_event = take_both;
	ck_assert_int_eq(reinvite(from), 0);
	ck_assert_int_eq(reinvite(from), -EBUSY);
	expect(from, "result-200");
	ck_assert(body_is(from, answer_sdp, strlen(answer_sdp)));
	ck_assert(party_said(to, "reinvite"));
	party_run(50);
	ck_assert_int_eq(reinvite(from), 0);
	expect(from, "result-200");
	give_up(from, "");
	expect(to, "bye");
	ck_assert(nothing_left());
}
END_TEST

/* RFC 3311: before the answer it is UPDATE, when the first exchange has ended reliably. */
START_TEST(test_update_early)
{
	struct party *from = _i ? &b : &a, *to = _i ? &a : &b;

	ck_assert_int_eq(call(SIP_UDP, SIP_100REL_SUPPORTED), 0);
	expect(&b, "b.invite");
	ck_assert_int_eq(reinvite(&a), -ENOTCONN);
	reply(180, NULL);
	expect(&a, "a.180");
	ck_assert_int_eq(reinvite(&a), -ENOTCONN);
	ck_assert_int_eq(reinvite(&b), -ENOTCONN);
	reply_reliably(183, answer_sdp);
	expect(&a, "a.183");
	party_run(50);
	to->on_event = take_both;
	ck_assert_int_eq(reinvite(from), 0);
	ck_assert_int_eq(reinvite(from), -EBUSY);
	expect(from, "result-200");
	ck_assert(body_is(from, answer_sdp, strlen(answer_sdp)));
	ck_assert(party_said(to, "update") && !party_said(to, "reinvite"));
	ck_assert_uint_ge(count(b.octets, "UPDATE sip:"), 1);
	to->on_event = NULL;
	ck_assert_int_eq(reinvite(from), 0);
	party_run(60);
	ck_assert_int_eq(sip_leg_answer_offer(to->leg, 488, NULL), 0);
	expect(from, "result-488");
	reply(200, NULL);
	expect(&b, "b.acked");
	ck_assert_int_eq(reinvite(from), 0);
	expect(to, "reinvite");
	give_up(from, "");
	expect(to, "bye");
	ck_assert(nothing_left());
}
END_TEST

/* Not to a peer that does not say that it knows UPDATE, nor when the answer was not reliable. */
START_TEST(test_update_unreliable)
{
	ck_assert_int_eq(call(SIP_UDP, SIP_100REL_OFF), 0);
	expect(&b, "b.invite");
	reply(183, answer_sdp);
	expect(&a, "a.183");
	ck_assert_int_eq(reinvite(&a), -ENOTCONN);
	ck_assert_int_eq(reinvite(&b), -ENOTCONN);
	give_up(&a, "");
	expect(&b, "b.cancelled");
}
END_TEST

START_TEST(test_reinvite_answered_later)
{
	struct sip_out o;

	establish(SIP_UDP);
	ck_assert_int_eq(reinvite(&a), 0);
	expect(&b, "b.reinvite");
	ck_assert_int_eq(reinvite(&b), -EBUSY);
	party_run(120);
	ck_assert(!party_said(&a, "result"));
	sdp_out(&o, answer_sdp);
	ck_assert_int_eq(sip_leg_answer_offer(b.leg, 200, &o), 0);
	ck_assert_int_eq(sip_leg_answer_offer(b.leg, 200, &o), -ENOENT);
	expect(&a, "a.result-200");
}
END_TEST

START_TEST(test_reinvite_refused)
{
	establish(SIP_UDP);
	ck_assert_int_eq(reinvite(&a), 0);
	expect(&b, "b.reinvite");
	ck_assert_int_eq(sip_leg_answer_offer(b.leg, 488, NULL), 0);
	expect(&a, "a.result-488");
	party_run(50);
	ck_assert_int_eq(reinvite(&b), 0);
	expect(&a, "a.reinvite");
}
END_TEST

/* Both at once: 491 both ways, then one after the other. */
START_TEST(test_glare)
{
	establish(SIP_UDP);
	a.on_event = b.on_event = take_both;
	ck_assert_int_eq(reinvite(&a), 0);
	ck_assert_int_eq(reinvite(&b), 0);
	ck_assert(party_wait(&a, "a.result-200", 8000));
	ck_assert(party_wait(&b, "b.result-200", 8000));
	ck_assert(strstr(a.octets, "SIP/2.0 491") != NULL);
	give_up(&a, "");
	expect(&b, "b.bye");
	ck_assert(nothing_left());
}
END_TEST

START_TEST(test_reinvite_and_bye)
{
	establish(SIP_UDP);
	ck_assert_int_eq(reinvite(&a), 0);
	expect(&b, "b.reinvite");
	give_up(_i ? &b : &a, "");
	expect(_i ? &a : &b, "bye");
	ck_assert(nothing_left());
	ck_assert(!party_said(&a, "result"));
}
END_TEST

START_TEST(test_reinvite_unanswered_peer)
{
	establish(SIP_UDP);
	b.mute = true;
	ck_assert_int_eq(reinvite(&a), 0);
	ck_assert_msg(party_wait(&a, "a.broken", 6000), "%s", a.log);
	ck_assert_uint_eq(sip_dialogs(a.sip), 0);
}
END_TEST

START_TEST(test_reinvite_needs_body)
{
	establish(SIP_UDP);
	party_out(&out, "", NULL, NULL, 0);
	ck_assert_int_eq(sip_leg_reinvite(a.leg, &out), -EINVAL);
	ck_assert_int_eq(reinvite(&a), 0);
}
END_TEST

/* --- delayed offers --- */

START_TEST(test_delayed_offer)
{
	struct sip_out o;

	if (_i)				/* a body that is no description is no offer either */
		party_out(&out, "1", "application/ISUP;version=itu-t92+", isup, sizeof(isup));
	else
		sdp_out(&out, NULL);
	ck_assert_int_eq(party_call(&a, sip_port(b.sip, 0), SIP_UDP, &out, SIP_100REL_SUPPORTED),
			 0);
	expect(&b, "b.invite");
	ck_assert(!sip_leg_peer_supports(b.leg, "100rel"));
	reply(200, offer_sdp);
	expect(&a, "a.200");
	party_run(100);
	ck_assert(!party_said(&b, "acked"));
	sdp_out(&o, answer_sdp);
	ck_assert_int_eq(sip_leg_ack(a.leg, &o), 0);
	ck_assert_int_eq(sip_leg_ack(a.leg, &o), -EINVAL);
	expect(&b, "b.acked");
	ck_assert(body_is(&b, answer_sdp, strlen(answer_sdp)));
	give_up(&a, "");
	expect(&b, "b.bye");
	ck_assert(nothing_left());
}
END_TEST

START_TEST(test_delayed_offer_declined)
{
	sdp_out(&out, NULL);
	ck_assert_int_eq(party_call(&a, sip_port(b.sip, 0), SIP_UDP, &out, SIP_100REL_OFF), 0);
	expect(&b, "b.invite");
	reply(200, offer_sdp);
	expect(&a, "a.200");
	give_up(_i ? &b : &a, "Q.850;cause=88");
	expect(_i ? &a : &b, "bye");
	ck_assert(nothing_left());
}
END_TEST

/* --- no ACK --- */

START_TEST(test_no_ack)
{
	ck_assert_int_eq(call(SIP_UDP, SIP_100REL_OFF), 0);
	expect(&b, "b.invite");
	b.mute = true;
	reply(200, answer_sdp);
	expect(&a, "a.200");
	ck_assert_msg(party_wait(&b, "b.broken", 6000), "%s", b.log);
	ck_assert(party_said(&b, "no ACK"));
	ck_assert_uint_eq(sip_counter(b.sip, SIP_CTR_NO_ACK), 1);
	ck_assert_uint_eq(sip_dialogs(b.sip), 0);
	ck_assert_uint_gt(count(b.octets, "SIP/2.0 200 OK"), 0);
	expect(&a, "a.bye");
}
END_TEST

/* --- the user releases inside an op --- */

static void release_in_response(struct party *p, int status, const struct sip_msg *msg)
{
	if (p->leg)
		give_up(p, "Q.850;cause=16");
}

static void release_in_event(struct party *p, const char *event, const struct sip_msg *msg)
{
	if (p->leg)
		give_up(p, "Q.850;cause=16");
}

START_TEST(test_release_in_response)
{
	static const int statuses[] = { 180, 200 };

	a.on_response = release_in_response;
	ck_assert_int_eq(call(SIP_UDP, SIP_100REL_OFF), 0);
	expect(&b, "b.invite");
	reply(statuses[_i], _i ? answer_sdp : NULL);
	expect(&b, _i ? "b.bye" : "b.cancelled");
	ck_assert(nothing_left());
}
END_TEST

START_TEST(test_release_in_acked)
{
	b.on_event = release_in_event;
	ck_assert_int_eq(call(SIP_UDP, SIP_100REL_OFF), 0);
	expect(&b, "b.invite");
	reply(200, answer_sdp);
	expect(&a, "a.bye");
	ck_assert(nothing_left());
}
END_TEST

START_TEST(test_release_in_info)
{
	establish(SIP_UDP);
	b.on_event = release_in_event;
	ck_assert_int_eq(send_info(&a, 1), 0);
	expect(&a, "a.bye");
	ck_assert(nothing_left());
}
END_TEST

START_TEST(test_release_in_offer)
{
	establish(SIP_UDP);
	if (_i == 0)
		b.on_event = release_in_event;
	else
		b.on_event = take_both, a.on_event = release_in_event;
	ck_assert_int_eq(reinvite(&a), 0);
	expect(_i ? &b : &a, "bye");
	ck_assert(nothing_left());
}
END_TEST

static void release_at_once(struct party *p, struct sip_leg *leg, const struct sip_msg *msg)
{
	give_up(p, "Q.850;cause=42");
}

START_TEST(test_release_in_invite)
{
	b.on_invite = release_at_once;
	ck_assert_int_eq(call(SIP_UDP, SIP_100REL_OFF), 0);
	expect(&a, "a.480");
	ck_assert_str_eq(a.reason, "Q.850;cause=42");
	ck_assert(nothing_left());
}
END_TEST

START_TEST(test_closing_with_calls)
{
	establish(SIP_UDP);
	ck_assert_int_eq(call(SIP_UDP, SIP_100REL_OFF), 0);
	party_run(50);
	ck_assert_int_eq(call(SIP_TCP, SIP_100REL_SUPPORTED), 0);
	party_run(50);
	reply_reliably(183, answer_sdp);
	reply_reliably(180, NULL);
	ck_assert_uint_eq(sip_dialogs(b.sip), 3);
}
END_TEST

static TCase *reliable_case(void)
{
	TCase *t = tcase_create("100rel");

	tcase_add_checked_fixture(t, pair_open, pair_close);
	tcase_set_timeout(t, 20);
	tcase_add_loop_test(t, test_reliable, 0, 2);
	tcase_add_test(t, test_reliable_queue);
	tcase_add_test(t, test_reliable_queue_full);
	tcase_add_test(t, test_reliable_failure);
	tcase_add_test(t, test_never_pracked);
	return t;
}

static TCase *dialog_case(void)
{
	TCase *t = tcase_create("dialog");

	tcase_add_checked_fixture(t, pair_open, pair_close);
	tcase_set_timeout(t, 20);
	tcase_add_test(t, test_info_order);
	tcase_add_test(t, test_info_early);
	tcase_add_test(t, test_info_broken);
	tcase_add_loop_test(t, test_update_early, 0, 2);
	tcase_add_test(t, test_update_unreliable);
	tcase_add_loop_test(t, test_reinvite, 0, 3);
	tcase_add_test(t, test_reinvite_answered_later);
	tcase_add_test(t, test_reinvite_refused);
	tcase_add_test(t, test_glare);
	tcase_add_loop_test(t, test_reinvite_and_bye, 0, 2);
	tcase_add_test(t, test_reinvite_unanswered_peer);
	tcase_add_test(t, test_reinvite_needs_body);
	tcase_add_loop_test(t, test_delayed_offer, 0, 2);
	tcase_add_loop_test(t, test_delayed_offer_declined, 0, 2);
	tcase_add_test(t, test_no_ack);
	return t;
}

static TCase *release_case(void)
{
	TCase *t = tcase_create("release inside ops");

	tcase_add_checked_fixture(t, pair_open, pair_close);
	tcase_set_timeout(t, 20);
	tcase_add_loop_test(t, test_release_in_response, 0, 2);
	tcase_add_test(t, test_release_in_acked);
	tcase_add_test(t, test_release_in_info);
	tcase_add_loop_test(t, test_release_in_offer, 0, 2);
	tcase_add_test(t, test_release_in_invite);
	tcase_add_test(t, test_closing_with_calls);
	return t;
}

int main(void)
{
	Suite *s = suite_create("sip dialog");

	suite_add_tcase(s, reliable_case());
	suite_add_tcase(s, dialog_case());
	suite_add_tcase(s, release_case());
	return pair_main(s);
}
