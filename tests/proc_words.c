/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages as words: octets written out by hand, so that the codec is not asked about itself. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/utils.h>

#include "isup/dialect.h"
#include "isup/segment.h"
#include "tests/proc_bed.h"

/* Octets after the CIC. %1 %2: the arguments as numbers; %h: the last argument, hex, with its
 * length in front by %n, or %l (one octet more than it: the range stands before it). */
static const struct { const char *name, *octets; } words[] = {
	{ "IAM",  "01 00 2001 0a 00 02 00 05 8310 214305" },
	{ "IAMC", "01 04 2001 0a 00 02 00 05 8310 214305" },	/* continuity: here */
	{ "IAMP", "01 08 2001 0a 00 02 00 05 8310 214305" },	/* continuity: before */
	{ "IAMT", "01 00 2001 0d 00 02 00 05 8310 214305" },	/* test call */
	{ "IAMS", "01 00 2001 0a 00 02 07 05 8310 214305 080104 00" },	/* SGM follows */
	{ "IAMSC", "01 04 2001 0a 00 02 07 05 8310 214305 080104 00" },	/* and COT */
	{ "IAMU", "01 00 2001 0a 00 02 07 05 8310 214305 2006 044142434445 00" },
	{ "INR",  "03 %1 00 00" },				/* what is asked for */
	{ "INF",  "04 %1 00 00" },
	{ "IDR",  "36 01 3b01%1 00" },
	{ "IRS",  "37 01 3c01%1 00" },
	{ "IAMN", "01 00 2001 0b 00 02 07 05 8310 214305 0a04 831321 43 00" },	/* has CgPN */
	{ "IAMA", "01 00 2001 0a 03 06 00 03 8090a2 05 8310 214305" },	/* T1.113 */
	{ "SAM",  "02 02 00 02 00 21" },
	{ "COT",  "05 %1" },
	{ "ACM",  "06 %b04 00" },				/* called party's status */
	{ "ACMS", "06 %b04 01 290104 00" },			/* SGM follows */
	{ "CPGS", "2c %1 01 290104 00" },
	{ "ANMS", "09 01 290104 00" },
	{ "CONS", "07 1604 01 290104 00" },
	{ "SGM",  "38 01 20020441 00" },
	{ "ACMU", "06 %b04 01 2010 04414243444142434441424344414243 00" },
	{ "ACMI", "06 0204 01 29 01 01 00" },			/* in-band information */
	{ "CON",  "07 1604 00" },
	{ "FOT",  "08 00" },
	{ "ANM",  "09 00" },
	{ "REL",  "0c 02 00 02 82 %c" },
	{ "SUS",  "0d %1 00" },
	{ "RES",  "0e %1 00" },
	{ "RLC",  "10 00" },
	{ "CCR",  "11" },
	{ "RSC",  "12" },
	{ "BLO",  "13" },
	{ "UBL",  "14" },
	{ "BLA",  "15" },
	{ "UBA",  "16" },
	{ "GRS",  "17 01 01 %1" },
	{ "CGB",  "18 %1 01 %l %2 %h" },
	{ "CGU",  "19 %1 01 %l %2 %h" },
	{ "CGBA", "1a %1 01 %l %2 %h" },
	{ "CGUA", "1b %1 01 %l %2 %h" },
	{ "FAR",  "1f 02 01 00" },
	{ "FAA",  "20 02 01 00" },
	{ "GRA",  "29 01 %l %1 %h" },
	{ "CQM",  "2a 01 01 %1" },
	{ "CQR",  "2b 02 03 01 %1 %n %h" },
	{ "CPG",  "2c %1 00" },
	{ "USR",  "2d 02 00 02 04 41" },
	{ "UCIC", "2e" },
	{ "CFN",  "2f 02 00 02 82 %c" },
	{ "OLM",  "30" },
	{ "CRG",  "31 00" },
	{ "FAC",  "33 00" },
	{ "LPA",  "24" },
	{ "FACL", "33 01 2014 0441424344414243444142434441424344414243 00" },	/* long */
	{ "CVT",  "ec" },
	{ "CVR",  "eb %1 %2 00" },
	{ "CRM",  "ea %1" },
	{ "CRA",  "e9" },
	{ "EXM",  "ed 00" },
	{ "UNKNOWN", "fd 01 380180 00" },
	{ "UPT",  "34 00" },
	{ "UPA",  "35 00" },
};

static int number(const char *args, int n)
{
	while (n-- > 1 && args)
		args = strchr(args + 1, ':');
	return args ? atol(args + 1) : 0;
}

static size_t put_hex(uint8_t *buf, const char *hex)
{
	int n = osmo_hexparse(hex, buf, 32);

	return n < 0 ? 0 : n;
}

static size_t put(uint8_t *buf, char kind, const char *args)
{
	const char *last = args ? strrchr(args, ':') + 1 : "";

	switch (kind) {
	case '1':
	case '2':
		buf[0] = number(args, kind - '0');
		return 1;
	case 'b':
		buf[0] = 0x12 | number(args, 1) << 2;
		return 1;
	case 'c':
		buf[0] = 0x80 | number(args, 1);
		return 1;
	case 'n':
		buf[0] = strlen(last) / 2;
		return 1;
	case 'l':
		buf[0] = 1 + strlen(last) / 2;
		return 1;
	}
	return put_hex(buf, last);
}

int bed_word_octets(const char *word, uint8_t *buf, size_t size)
{
	size_t name_len = strcspn(word, ":"), n = 0, i;
	const char *args = word[name_len] ? word + name_len : NULL;
	const char *p = NULL;

	for (i = 0; i < ARRAY_SIZE(words); i++) {
		if (strlen(words[i].name) == name_len && !strncmp(words[i].name, word, name_len))
			p = words[i].octets;
	}
	if (!p || size < 64)
		return -1;
	for (; *p; p++) {
		char pair[3] = { p[0], p[0] == ' ' ? 0 : p[1] };

		if (*p == ' ')
			continue;
		if (*p == '%')
			n += put(buf + n, p[1], args);
		else
			buf[n++] = strtoul(pair, NULL, 16);
		p++;
	}
	return n;
}

static int hex(char *buf, size_t size, const uint8_t *octets, size_t len)
{
	return snprintf(buf, size, ":%s", osmo_hexdump_nospc(octets, len));
}

static void range_word(char *buf, size_t size, const struct isup_msg *m)
{
	struct isup_range r = {};
	struct isup_supervision s = {};
	int n = 0;

	isup_get(m, ISUP_P_RANGE, &r);
	if (isup_get(m, ISUP_P_SUPERVISION, &s))
		n += snprintf(buf, size, ":%u", s.type);
	n += snprintf(buf + n, size - n, ":%u", r.range);
	if (r.n_status)
		hex(buf + n, size - n, r.status, r.n_status);
}

void bed_word(char *buf, size_t size, const struct isup_msg *m)
{
	int n = snprintf(buf, size, "%s", isup_mt_name(m->dialect, m->type));
	const uint8_t *octets;
	struct isup_cause cause;
	struct isup_event event;
	struct isup_continuity cot;
	struct isup_bci bci;
	struct isup_info info;
	struct isup_mcid mcid;
	size_t len;

	if (isup_has(m, ISUP_P_RANGE))
		range_word(buf + n, size - n, m);
	else if (isup_get(m, ISUP_P_CAUSE, &cause))
		snprintf(buf + n, size - n, ":%u", cause.value);
	else if (m->type == ISUP_MT_CPG && isup_get(m, ISUP_P_EVENT, &event))
		snprintf(buf + n, size - n, ":%u", event.event);
	else if (m->type == ISUP_MT_ACM && isup_get(m, ISUP_P_BCI, &bci))
		snprintf(buf + n, size - n, ":%u", bci.called_status);
	if (isup_get(m, ISUP_P_CONTINUITY, &cot))
		snprintf(buf + n, size - n, ":%u", cot.success);
	if (isup_get(m, ISUP_P_INFO, &info))
		snprintf(buf + n, size - n, ":%u%s", info.calling, info.category ? "+CPC" : "");
	if (isup_get(m, ISUP_P_MCID_RESPONSE, &mcid))
		snprintf(buf + n, size - n, ":%u", mcid.mcid);
	if (m->type != ISUP_MT_IAM && isup_has(m, ISUP_P_CALLING))
		snprintf(buf + strlen(buf), size - strlen(buf), "+CgPN");
	for (int i = 0; i < m->n_pars; i++)
		if (m->par[i].code != ISUP_P_BODY && !isup_par_row(m->dialect, m->par[i].code))
			snprintf(buf + strlen(buf), size - strlen(buf), "+%02x", m->par[i].code);
	if (isup_is_segmented(m))
		snprintf(buf + strlen(buf), size - strlen(buf), "+SGM");
	if (m->type != ISUP_MT_USR && isup_has(m, ISUP_P_UUI))
		snprintf(buf + strlen(buf), size - strlen(buf), "+UUI");
	octets = isup_raw(m, ISUP_P_GROUP_CHARACTERISTICS, &len);
	if (octets)
		hex(buf + strlen(buf), size - strlen(buf), octets, len);
	octets = isup_raw(m, ISUP_P_CIRCUIT_STATE, &len);
	if (octets)
		hex(buf + strlen(buf), size - strlen(buf), octets, len);
}
