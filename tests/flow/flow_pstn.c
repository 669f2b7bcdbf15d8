/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The exchange of a flow: ISUP as text, both ways. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/utils.h>

#include "isup/compat.h"
#include "tests/flow/flow.h"

#define SECOND_FROM "from=1.1.3 "

/* "called=4:44207" -> the codec's own words. */
/* The beginning of an IAM; continuity: of its NCI. */
static size_t put_called(char *buf, size_t size, unsigned int continuity, unsigned int nai,
			 const char *digits)
{
	return snprintf(buf, size,
			"; NCI continuity=%u; FCI isup_all_the_way=1; CPC value=10; TMR value=3; "
			"CdPN nai=%u npi=1 inn=0 %s",
			continuity, nai, digits);
}

void flow_pstn_expand(char *buf, size_t size, const char *text, int cic)
{
	char copy[1024], *save, *tok, name[16] = "";
	size_t at = 0;
	unsigned int nai;
	int n;

	OSMO_STRLCPY_ARRAY(copy, text);
	sscanf(copy, "%15[A-Z]", name);
	at = snprintf(buf, size, "%s", name);
	if (!strstr(text, "cic="))
		at += snprintf(buf + at, size - at, " cic=%d", cic);
	for (tok = strtok_r(copy + strlen(name), " ", &save); tok;
	     tok = strtok_r(NULL, " ", &save)) {
		if (strchr(tok, ':') && sscanf(tok, "called=%u:%n", &nai, &n) == 1)
			at += put_called(buf + at, size - at, 0, nai, tok + n);
		else if (strchr(tok, ':') && sscanf(tok, "checked=%u:%n", &nai, &n) == 1)
			at += put_called(buf + at, size - at, 1, nai, tok + n);
		else if (strchr(tok, ':') && sscanf(tok, "previous=%u:%n", &nai, &n) == 1)
			at += put_called(buf + at, size - at, 2, nai, tok + n);
		else if (strchr(tok, ':') && sscanf(tok, "calling=%u:%n", &nai, &n) == 1)
			at += snprintf(buf + at, size - at,
				       "; CgPN nai=%u npi=1 inn=0 apri=0 si=3 %s", nai, tok + n);
		else if (strchr(tok, ':') && sscanf(tok, "restricted=%u:%n", &nai, &n) == 1)
			at += snprintf(buf + at, size - at,
				       "; CgPN nai=%u npi=1 inn=0 apri=1 si=3 %s", nai, tok + n);
		else if (!strncmp(tok, "cause=", 6))
			at += snprintf(buf + at, size - at, "; CAI coding=0 location=4 value=%s",
				       tok + 6);
		else if (!strncmp(tok, "cic=", 4))
			at += snprintf(buf + at, size - at, " %s", tok);
		else if (!strcmp(tok, "free"))
			at += snprintf(buf + at, size - at,
				       "; BCI charge=2 called_status=1 called_category=1 "
				       "isup_all_the_way=1");
		else if (!strcmp(tok, "none"))
			at += snprintf(buf + at, size - at,
				       "; BCI charge=2 called_status=0 isup_all_the_way=1");
		else
			at += snprintf(buf + at, size - at, " %s", tok);
	}
}

void flow_pstn_send(struct flow *f, const char *text)
{
	char full[2048];
	struct isup_msg m;
	const char *why = NULL;
	uint32_t opc = LAB_DPC;
	int line;

	if (!strncmp(text, SECOND_FROM, strlen(SECOND_FROM))) {
		opc = LAB_DPC_2;
		text += strlen(SECOND_FROM);
	}

	if (!strncmp(text, "raw ", 4)) {
		uint8_t octets[300];
		int n = osmo_hexparse(text + 4, octets, sizeof(octets));

		lab_pstn_send_octets(&f->lab, opc, octets, n < 0 ? 0 : n);
		return;
	}
	flow_pstn_expand(full, sizeof(full), text, f->last_cic ? f->last_cic : 1);
	if (isup_parse(&m, &isup_itu, full, &why, &line) < 0) {
		flow_bad(f, why, full);
		return;
	}
	f->last_cic = m.cic;
	lab_pstn_send(&f->lab, opc, &m);
}

bool flow_pstn_take(struct flow *f, char *text, size_t size)
{
	struct lab *l = &f->lab;
	struct isup_msg m;

	if (!l->n_pstn)
		return false;
	if (isup_decode_unknown(&m, &isup_itu, l->from_gw[0].octets, l->from_gw[0].len, NULL) < 0)
		snprintf(text, size, "malformed");
	else
		isup_print_line(text, size, &m);
	if (l->from_gw[0].dpc == LAB_DPC_2)
		osmo_strlcpy(text + strlen(text), " to=1.1.3", size - strlen(text));
	f->last_cic = m.cic;
	memmove(l->from_gw, l->from_gw + 1, --l->n_pstn * sizeof(l->from_gw[0]));
	return true;
}

void flow_pstn_expect(struct flow *f, const char *want)
{
	char text[4096], name[16] = "", got[16] = "";

	if (!flow_pstn_take(f, text, sizeof(text))) {
		flow_bad(f, "nothing was sent to the PSTN", NULL);
		return;
	}
	sscanf(want, "%15s", name);
	sscanf(text, "%15s", got);
	if (strcmp(name, got) || !flow_has_tokens(text, want))
		flow_bad(f, "the PSTN got", text);
}
