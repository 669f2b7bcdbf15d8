/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The world of the MGCP media tests. */
#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/application.h>
#include <osmocom/core/logging.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "media_world.h"
#include "tests/suite.h"

const char remote_offer[] =
	"v=0\r\no=bob 1 1 IN IP4 198.51.100.7\r\ns=-\r\nc=IN IP4 198.51.100.7\r\nt=0 0\r\n"
	"m=audio 4000 RTP/AVP 0 8 96\r\na=rtpmap:96 telephone-event/8000\r\na=fmtp:96 "
	"0-15\r\na=ptime:20\r\n";

static void on_state(void *ctx, struct media_gw *gw, bool available)
{
	struct world *w = ctx;

	strncat(w->state, available ? "+" : "-", sizeof(w->state) - strlen(w->state) - 1);
	ck_assert(media_gw_available(gw) == available);
}

void open_gw(struct world *w, struct media_mgcp_cfg cfg)
{
	cfg.name = "mg1";
	cfg.remote_host = "127.0.0.1";
	cfg.remote_port = w->f.port;
	cfg.local_host = "127.0.0.1";
	cfg.log_cat = DLGLOBAL;
	if (!cfg.endpoint)
		cfg.endpoint = "ds/e1-%p/%t";
	if (!cfg.domain)
		cfg.domain = "gw";
	w->gw = media_mgcp_open(w->ctx, &cfg, on_state, w);
	ck_assert_ptr_nonnull(w->gw);
}

void start(struct world *w, struct media_mgcp_cfg cfg)
{
	memset(w, 0, sizeof(*w));
	virtual_time();
	w->ctx = talloc_named_const(NULL, 0, "test");
	fake_open(&w->f);
	open_gw(w, cfg);
	ck_assert(!media_gw_available(w->gw));
	pass(20);
	ck_assert(media_gw_available(w->gw));
	ck_assert_str_eq(w->state, "+");
	w->f.heard[0] = '\0';
	w->state[0] = '\0';
}

unsigned int n_contexts(const struct world *w)
{
	return container_of(w->gw, struct mg_gw, base)->n_contexts;
}

void stop(struct world *w)
{
	media_gw_close(w->gw);
	fake_close(&w->f);
	ck_assert_uint_eq(talloc_total_blocks(w->ctx), 1);
	talloc_free(w->ctx);
}

struct media_ctx *try_open(struct world *w, struct listener *l, uint16_t cic,
				  const char *remote)
{
	char call[16];
	const struct media_open o = { .trunk_group = "tg",
				      .cic = cic,
				      .tmr = 3,
				      .remote_sdp = remote,
				      .call_id = call,
				      .mode = remote ? MEDIA_SENDONLY : MEDIA_RECVONLY };

	memset(l, 0, sizeof(*l));
	snprintf(call, sizeof(call), "C%04X", cic);
	return media_open(w->gw, &o, &listener_ops, l);
}

struct media_ctx *must_open(struct world *w, struct listener *l, uint16_t cic,
				   const char *remote)
{
	struct media_ctx *mc = try_open(w, l, cic, remote);

	ck_assert_ptr_nonnull(mc);
	ck_assert_str_eq(l->told, "");		/* never from inside */
	return mc;
}

struct media_ctx *opened(struct world *w, struct listener *l, uint16_t cic,
				const char *remote)
{
	struct media_ctx *mc = must_open(w, l, cic, remote);

	pass(10);
	ck_assert_str_eq(l->told, "opened");
	l->told[0] = '\0';
	return mc;
}

int run_tests(const char *name, TCase *t)
{
	static const struct log_info info = { 0 };
	Suite *s = suite_create(name);

	osmo_init_logging2(NULL, &info);
	log_set_log_level(osmo_stderr_target, getenv("VERBOSE") ? LOGL_DEBUG : LOGL_FATAL);
	tcase_set_timeout(t, 30);
	suite_add_tcase(s, t);
	return suite_run(s);
}
