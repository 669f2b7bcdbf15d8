/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A SIP user agent for tests, made of the SIP edge alone. The called number says what it does:
 *   486 (any failure status): refuses; 0: rings for ever;
 *   183: 183 with SDP, reliably if that can be, then 200; anything else: 180, then 200 with SDP.
 * Each INFO is answered by an INFO with the same body, each offer by SDP. `sip_echo PORT NUMBER
 * COUNT` calls 127.0.0.1:PORT COUNT times, hangs up when answered, and ends; NUMBER 0 gives up when
 * it rings. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/application.h>
#include <osmocom/core/logging.h>
#include <osmocom/core/select.h>
#include <osmocom/core/timer.h>
#include <osmocom/core/utils.h>

#include "gw/sip.h"

static const char answer[] = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 "
			     "0\r\nm=audio 5000 RTP/AVP 8\r\n";

struct call {
	struct sip_leg *leg;
	bool up;
	struct osmo_timer_list echo;
	struct sip_out info;
};

static struct { struct sip *sip; unsigned int left, running; bool give_up; int worst; } g;

static void with_sdp(struct sip_out *out)
{
	memset(out, 0, sizeof(*out));
	strcpy(out->content_type, "application/sdp");
	memcpy(out->body, answer, sizeof(answer) - 1);
	out->body_len = sizeof(answer) - 1;
}

static void end_call(struct call *c)
{
	g.running--;
	osmo_timer_del(&c->echo);
	free(c);
}

static void response(void *ctx, int status, const struct sip_msg *msg)
{
	struct call *c = ctx;

	if (status >= 300 && !g.worst)
		g.worst = status;
	if (status < 200 && !g.give_up)
		return;
	if (status < 300)
		sip_leg_release(c->leg, 0, NULL);
	end_call(c);
}

static void cancelled(void *ctx, const struct sip_msg *msg)
{
	end_call(ctx);
}

static void ended(void *ctx, const struct sip_msg *msg, const char *why)
{
	end_call(ctx);
}

static void echo(void *data)
{
	struct call *c = data;

	sip_leg_info(c->leg, &c->info);
}

/* Later, so that the 200 to it comes first, also over TCP. */
static void info(void *ctx, const struct sip_msg *msg)
{
	struct call *c = ctx;
	struct sip_out *out = &c->info;

	memset(out, 0, sizeof(*out));
	snprintf(out->content_type, sizeof(out->content_type), "%s",
		 msg->content_type ? msg->content_type : "");
	out->body_len = msg->content_type ? msg->body_len : 0;
	memcpy(out->body, msg->body, out->body_len);
	osmo_timer_setup(&c->echo, echo, c);
	osmo_timer_schedule(&c->echo, 0, 50000);
}

static void offer(void *ctx, const struct sip_msg *msg)
{
	struct call *c = ctx;
	struct sip_out out;

	with_sdp(&out);
	sip_leg_answer_offer(c->leg, 200, &out);
}

static const struct sip_leg_ops ops = {
	.response = response, .cancelled = cancelled, .ended = ended, .info = info, .offer = offer,
};

static void invite(void *ctx, struct sip_leg *leg, const struct sip_msg *msg)
{
	const char *user = msg->ruri && strchr(msg->ruri, ':') ? strchr(msg->ruri, ':') + 1 : "";
	unsigned long number = strtoul(user, NULL, 10);
	struct sip_out out;
	struct call *c;

	with_sdp(&out);
	if (number >= 400 && number < 700) {
		sip_leg_reply(leg, number, NULL, NULL, SIP_100REL_OFF);
		return;
	}
	c = calloc(1, sizeof(*c));
	c->leg = leg;
	g.running++;
	sip_leg_bind(leg, &ops, c);
	if (number == 183)
		sip_leg_reply(leg, 183, NULL, &out, SIP_100REL_SUPPORTED);
	else
		sip_leg_reply(leg, 180, NULL, NULL, SIP_100REL_OFF);
	if (*user != '0')
		sip_leg_reply(leg, 200, NULL, &out, SIP_100REL_OFF);
}

static void open_sip(void)
{
	static const struct sip_cfg_listen listen[] = { { SIP_UDP, "127.0.0.1", 0 },
							{ SIP_TCP, "127.0.0.1", 0 } };
	struct sip_cfg cfg = {
		.listen = listen, .n_listen = 2, .user_agent = "sip_echo", .log_cat = DLGLOBAL
	};
	struct sip_user user = { .invite = invite };

	g.sip = sip_new(NULL, &cfg, &user);
	if (!g.sip)
		exit(1);
	printf("udp %u tcp %u\n", sip_port(g.sip, 0), sip_port(g.sip, 1));
	fflush(stdout);
}

static int place_call(uint16_t port, const char *number)
{
	struct sip_target target = { "127.0.0.1", port, SIP_UDP };
	struct call *c = calloc(1, sizeof(*c));
	struct sip_out out;

	with_sdp(&out);
	snprintf(out.ruri, sizeof(out.ruri), "sip:%s@127.0.0.1:%u", number, port);
	snprintf(out.to, sizeof(out.to), "<sip:%s@127.0.0.1>", number);
	snprintf(out.from, sizeof(out.from), "<sip:echo@127.0.0.1>");
	g.running++;
	return sip_leg_invite(&c->leg, g.sip, &target, &out, SIP_100REL_SUPPORTED, &ops, c);
}

int main(int argc, char **argv)
{
	osmo_init_logging2(NULL, &(struct log_info){ 0 });
	open_sip();
	if (argc < 4) {
		while (true)
			osmo_select_main(0);
	}
	g.give_up = strcmp(argv[2], "0") == 0;
	g.left = strtoul(argv[3], NULL, 10);
	while (g.left || g.running || sip_dialogs(g.sip)) {
		if (g.left && !g.running) {
			g.left--;
			if (place_call(strtoul(argv[1], NULL, 10), argv[2]) < 0)
				return 1;
		}
		osmo_select_main(0);
	}
	sip_free(g.sip);
	printf("worst %d\n", g.worst);
	return 0;
}
