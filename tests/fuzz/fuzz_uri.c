/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: header values of an INVITE, one a line, through the mapper and out again. Nothing
 * of them may become a header of its own, and what we make can be read. */
#include <stdlib.h>
#include <string.h>

#include "gw/map.h"
#include "gw/uri.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void must(bool ok)
{
	if (!ok)
		abort();
}

/* One line, ended inside its array. */
static void clean(const char *s, size_t size)
{
	must(strnlen(s, size) < size && !strpbrk(s, "\r\n"));
}

static void check_out(const struct sip_out *out)
{
	struct name_addr n;
	struct uri u;

	clean(out->ruri, sizeof(out->ruri));
	clean(out->from, sizeof(out->from));
	clean(out->to, sizeof(out->to));
	clean(out->pai, sizeof(out->pai));
	clean(out->diversion, sizeof(out->diversion));
	clean(out->privacy, sizeof(out->privacy));
	must(uri_parse(&u, span_of(out->ruri)) == 0);
	must(name_addr_parse(&n, span_of(out->from)) == 0);
	must(name_addr_parse(&n, span_of(out->to)) == 0);
	must(!out->pai[0] || name_addr_parse(&n, span_of(out->pai)) == 0);
}

static void profile(struct map_profile *p)
{
	map_profile_default(p);
	span_copy(p->country_code, sizeof(p->country_code), span_of("49"));
	span_copy(p->host, sizeof(p->host), span_of("peer.example"));
	span_copy(p->local_host, sizeof(p->local_host), span_of("gw.example"));
	p->trust_pai = p->send_pai = true;
}

static void check_invite(const struct sip_msg *inv, const struct map_profile *p)
{
	static struct sip_out out;
	struct isup_msg isup, iam;
	struct cc_setup s, back;
	uint8_t octets[600];
	bool has;

	if (map_invite_to_setup(&s, &isup, &has, inv, p) != 0)
		return;
	if (map_setup_to_invite(&out, &s, NULL, NULL, p) == 0)
		check_out(&out);
	if (map_setup_to_iam(&iam, &s, NULL, p) < 0)
		return;
	must(isup_encode(octets, sizeof(octets), &iam) > 0);
	must(map_iam_to_setup(&back, &iam, p) == 0);
	must(back.called.nai == s.called.nai && strcmp(back.called.digits, s.called.digits) == 0);
	must(map_setup_to_invite(&out, &back, &iam, NULL, p) == 0);
	check_out(&out);
}

static void check_end(const struct sip_msg *msg, const struct map_profile *p)
{
	static struct sip_out out;
	struct isup_msg isup;
	struct cc_release r;
	bool has;

	map_bye_to_release(&r, &isup, &has, msg, p);
	must(r.cause.value && r.cause.value < 128);
	map_failure_to_release(&r, &isup, &has, 302, msg, p);
	must(map_release_to_response(&out, &r, NULL, false, p) >= 400);
	clean(out.reason, sizeof(out.reason));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct sip_msg msg = { .is_request = true, .max_forwards = 70 };
	const char **fields[] = { &msg.ruri, &msg.from, &msg.to, &msg.pai, &msg.privacy,
				  &msg.diversion, &msg.reason,
				  &msg.contact, &msg.warning };
	char *text = malloc(len + 1), *line, *save = NULL;
	struct map_profile p;
	size_t i = 0;

	if (!text)
		abort();
	memcpy(text, data, len);
	text[len] = '\0';
	for (line = strtok_r(text, "\n", &save); line && i < sizeof(fields) / sizeof(fields[0]);
	     line = strtok_r(NULL, "\n", &save))
		*fields[i++] = line;
	profile(&p);
	if (msg.ruri)
		check_invite(&msg, &p);
	check_end(&msg, &p);
	free(text);
	return 0;
}
