/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: messages as octets through the stack's parser and what is read from them. Every
 * value is one line inside the message's arena, whatever was folded or could not be read; what
 * becomes of responses can be sent. */
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/utils.h>

#include "gw/map.h"
#include "gw/sip_dialog.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static struct sip sip;

static void must(bool ok)
{
	if (!ok)
		abort();
}

static void check_line(const char *s)
{
	must(!s || !s[strcspn(s, "\r\n")]);
}

static void check_values(const struct sip_msg *m)
{
	const char *const values[] = {
		m->ruri, m->from, m->to, m->contact, m->pai, m->privacy, m->reason, m->diversion,
		m->history_info, m->p_early_media, m->warning, m->user_to_user, m->p_charge_info,
		m->resource_priority, m->geolocation, m->alert_info, m->require, m->supported,
		m->allow, m->accept, m->accept_language, m->content_type, m->content_disposition,
	};

	for (size_t i = 0; i < ARRAY_SIZE(values); i++)
		check_line(values[i]);
	must(sip.arena_used <= sizeof(sip.arena));
}

static void check_response(const struct sip_msg *rsp)
{
	static struct sip_out out;
	struct isup_msg isup, m;
	struct map_profile p;
	struct cc_release r;
	struct cc_prim prim;
	bool has;

	map_profile_default(&p);
	p.isup_body = MAP_ISUP_SIP_T;
	p.trust_pai = p.send_pai = true;
	if (rsp->status >= 300) {
		map_failure_to_release(&r, &isup, &has, rsp->status, rsp, &p);
		must(r.cause.value);
		return;
	}
	if (!map_response_to_prim(&prim, &isup, rsp, false, &p))
		return;
	map_prim_to_isup(&m, &prim, false, &p);
	if (map_prim_to_response(&out, &prim, NULL, MAP_WITH_ISUP, &p) > 0)
		check_line(out.pai);
}

static void check_message(const sip_t *s)
{
	su_home_t home[1] = { SU_HOME_INIT(home) };
	struct refusal refusal = { 0 };
	struct sip_msg m;

	sip_msg_read(&sip, &m, NULL, s);
	check_values(&m);
	sip_options_of(s);
	if (m.is_request && sip_sanity_check(s) == 0)
		sip_refuse_request(&refusal, home, s);
	if (!m.is_request && m.status > 100 && m.status < 700 && m.method == SIP_INVITE)
		check_response(&m);
	su_home_deinit(home);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	msg_t *msg;

	if (!len || len > MAX_MESSAGE)
		return 0;
	msg = msg_make(sip_default_mclass(), MSG_DO_CANONIC, data, len);
	must(msg);
	if (msg_object(msg))
		check_message((const sip_t *)msg_object(msg));
	msg_destroy(msg);
	return 0;
}
