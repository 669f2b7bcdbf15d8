/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands behind "send", made into the codec's text form: short forms and changes. */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/utils.h>
#include <talloc.h>

#include "gw/exchange/message.h"
#include "gw/mtp.h"

enum { MAX_SEGMENTS = 40 };

/* word: "" what is sent when nothing is said; "#" any number, which is $1; else the word itself.
 * $2: a word after it. */
static const struct short_form {
	const char *type, *word, *text;
} forms[] = {
	{ "IAM", "",
	  "NCI satellite=0 continuity=0 echo=0; FCI isup_all_the_way=1 isup_preference=0 "
	  "isdn_access=1; CPC value=10; TMR value=3; USI 9090a2; "
	  "CdPN nai=$called_nai npi=1 inn=0 $called; "
	  "CgPN nai=$calling_nai npi=1 inn=0 apri=0 si=3 $calling" },
	{ "SAM", "#", "SubN $1" },
	{ "ACM", "", "BCI charge=2 called_status=0 called_category=0 isup_all_the_way=1" },
	{ "ACM", "free",
	  "BCI charge=2 called_status=1 called_category=1 isup_all_the_way=1 isdn_access=1" },
	{ "ACM", "inband",
	  "BCI charge=2 called_status=0 called_category=0 isup_all_the_way=1; OBCI in_band=1" },
	{ "ACM", "interworking", "BCI charge=2 called_status=0 called_category=0 interworking=1" },
	{ "CPG", "alerting", "EvI event=1" },
	{ "CPG", "progress", "EvI event=2" },
	{ "CPG", "inband", "EvI event=3; OBCI in_band=1" },
	{ "CPG", "busy", "EvI event=4" },
	{ "CPG", "noreply", "EvI event=5" },
	{ "CPG", "forwarded", "EvI event=6" },
	{ "CON", "",
	  "BCI charge=2 called_status=1 called_category=1 isup_all_the_way=1 isdn_access=1" },
	{ "REL", "#", "CAI location=$2 value=$1" },
	{ "CFN", "#", "CAI location=$2 value=$1" },
	{ "SUS", "", "SRI network=0" },
	{ "SUS", "user", "SRI network=0" },
	{ "SUS", "network", "SRI network=1" },
	{ "RES", "", "SRI network=0" },
	{ "RES", "user", "SRI network=0" },
	{ "RES", "network", "SRI network=1" },
	{ "COT", "ok", "ContI success=1" },
	{ "COT", "failed", "ContI success=0" },
	{ "GRS", "#", "RaS range=$1" },
	{ "CQM", "#", "RaS range=$1" },
	{ "CGB", "#", "CGSMT type=0; RaS range=$1 $ones" },
	{ "CGU", "#", "CGSMT type=0; RaS range=$1 $ones" },
};

/* Locations of Q.850 2.2.3. */
static const struct { const char *word, *value; } locations[] = {
	{ "user", "0" }, { "private", "1" }, { "local", "2" }, { "transit", "3" },
	{ "remote", "4" }, { "remote-private", "5" }, { "international", "7" }, { "beyond", "10" },
};

struct segments {
	unsigned int n;
	const char *seg[MAX_SEGMENTS];
};

/* What a short form takes for $1: digits, or a variable that is going to be digits. */
static bool is_number(const char *s)
{
	return *s == '$' || (*s && s[strspn(s, "0123456789ABCDEF")] == '\0');
}

/* Length of the first word. */
static size_t word_len(const char *s)
{
	return strcspn(s, " \t");
}

static char *trim(char *s)
{
	char *end;

	while (isspace((unsigned char)*s))
		s++;
	for (end = s + strlen(s); end > s && isspace((unsigned char)end[-1]);)
		*--end = '\0';
	return s;
}

/* A parameter given twice replaces the one that was there; "no PAR" takes it away; "also PAR"
 * repeats it. */
static int add_segment(struct segments *s, const char *seg)
{
	bool removes = !strncmp(seg, "no ", 3), repeats = !strncmp(seg, "also ", 5);
	const char *name = removes ? seg + 3 : repeats ? seg + 5 : seg;
	unsigned int i;

	for (i = 0; i < s->n && !repeats; i++)
		if (word_len(s->seg[i]) == word_len(name) &&
		    !strncmp(s->seg[i], name, word_len(name)))
			break;
	if (repeats)
		i = s->n;
	if (removes) {
		if (i == s->n)
			return -ENOENT;
		memmove(&s->seg[i], &s->seg[i + 1], (s->n - i - 1) * sizeof(s->seg[0]));
		s->n--;
		return 0;
	}
	if (i == MAX_SEGMENTS)
		return -EMSGSIZE;
	s->seg[i] = name;
	if (i == s->n)
		s->n++;
	return 0;
}

static int add_segments(struct segments *s, char *text, const char **ret_why)
{
	char *save = NULL, *seg;

	for (seg = strtok_r(text, ";", &save); seg; seg = strtok_r(NULL, ";", &save)) {
		seg = trim(seg);
		if (!*seg)
			continue;
		if (add_segment(s, seg) < 0) {
			*ret_why = "no such parameter to take away, or too many parameters";
			return -EINVAL;
		}
	}
	return 0;
}

static const struct short_form *find_form(const char *type, const char *word)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(forms); i++)
		if (!strcmp(forms[i].type, type) &&
		    (!strcmp(forms[i].word, word) ||
		     (!strcmp(forms[i].word, "#") && is_number(word))))
			return &forms[i];
	return NULL;
}

/* $1 the number, $2 the location, $ones a status with all circuits of the range. */
static void expand_form(char *out, size_t size, const char *form, const char *number,
			const char *location)
{
	unsigned int i, left = strtoul(number, NULL, 10) + 1;
	size_t at = 0;

	for (; *form && at + 3 < size; form++) {
		if (!strncmp(form, "$1", 2)) {
			at += OSMO_MIN((size_t)snprintf(out + at, size - at, "%s", number),
				       size - at - 1);
			form++;
		} else if (!strncmp(form, "$2", 2)) {
			at += OSMO_MIN((size_t)snprintf(out + at, size - at, "%s", location),
				       size - at - 1);
			form++;
		} else if (!strncmp(form, "$ones", 5)) {
			for (i = 0; i < left && at + 3 < size; i += 8)
				at += snprintf(out + at, size - at, "%02x",
					       0xff >> (left - i < 8 ? 8 - (left - i) : 0));
			form += 4;
		} else {
			out[at++] = *form;
		}
	}
	out[at] = '\0';
}

/* The first piece behind the type: "free", "17 user", or nothing of ours (a parameter). */
static int short_form_text(char *out, size_t size, const char *type, char *piece,
			   const char **ret_why)
{
	char *save = NULL, *word, *more;
	const char *location = "0";
	const struct short_form *form;
	unsigned int i;

	word = strtok_r(piece, " \t", &save);
	more = word ? strtok_r(NULL, " \t", &save) : NULL;
	form = find_form(type, word ? word : "");
	if (!form) {
		*out = '\0';
		if (!word)
			return 0;
		*ret_why = "neither a short form of this message nor a parameter";
		return -EINVAL;
	}
	for (i = 0; more && i < ARRAY_SIZE(locations); i++)
		if (!strcmp(more, locations[i].word))
			break;
	if (more && (i == ARRAY_SIZE(locations) || !strstr(form->text, "$2"))) {
		*ret_why = "not a location (user, private, local, transit, remote, international, "
			   "beyond)";
		return -EINVAL;
	}
	if (more)
		location = locations[i].value;
	expand_form(out, size, form->text, word ? word : "0", location);
	return 0;
}

/* The medium is said by TMR, and in ANSI, which has none, by USI. */
static void one_medium(struct segments *s, const struct isup_dialect *d)
{
	const char *no = isup_par_find(d, "TMR") < 0 ? "no TMR" : "no USI";

	add_segment(s, no);
}

static bool is_parameter(const struct isup_dialect *d, const char *piece)
{
	char name[32];
	size_t n = word_len(piece);

	if (!strncmp(piece, "0x", 2) || !strncmp(piece, "no ", 3) || !strncmp(piece, "also ", 5))
		return true;
	if (n == 0 || n >= sizeof(name))
		return false;
	memcpy(name, piece, n);
	name[n] = '\0';
	return isup_par_find(d, name) >= 0;
}

static int join(char *out, size_t size, const char *head, const struct segments *s)
{
	size_t at = snprintf(out, size, "%s", head);
	unsigned int i;

	for (i = 0; i < s->n && at < size; i++)
		at += snprintf(out + at, size - at, "; %s", s->seg[i]);
	return at < size ? 0 : -EMSGSIZE;
}

int scn_message_text(char *out, size_t size, const struct isup_dialect *d, const char *text,
		     const char **ret_why)
{
	char copy[SCN_MAX_TEXT], form[SCN_MAX_TEXT] = "", type[16], head[64];
	struct segments segs = { 0 };
	char *rest, *first;
	const char *cic = "cic=$cic";
	size_t n = strcspn(text, " \t;");

	*ret_why = "line too long";
	if (n == 0 || n >= sizeof(type) || strlen(text) >= sizeof(copy))
		return -EINVAL;
	osmo_strlcpy(type, text, n + 1);
	osmo_strlcpy(copy, text + n, sizeof(copy));
	rest = trim(copy);
	if (!strncmp(rest, "cic=", 4)) {
		cic = rest;
		rest += strcspn(rest, " \t;");
		if (*rest)
			*rest++ = '\0';
	}
	if (snprintf(head, sizeof(head), "%s %s", type, cic) >= (int)sizeof(head))
		return -EINVAL;
	first = rest;
	rest += strcspn(rest, ";");
	if (*rest)
		*rest++ = '\0';
	first = trim(first);
	if (is_parameter(d, first)) {
		if (add_segments(&segs, first, ret_why) < 0)
			return -EINVAL;
	} else if (short_form_text(form, sizeof(form), type, first, ret_why) < 0 ||
		   add_segments(&segs, form, ret_why) < 0) {
		return -EINVAL;
	}
	if (!strcmp(type, "IAM"))
		one_medium(&segs, d);
	if (add_segments(&segs, rest, ret_why) < 0)
		return -EINVAL;
	return join(out, size, head, &segs) < 0 ? -EINVAL : 0;
}

struct scn_message *scn_message_new(void *ctx, const struct isup_dialect *d, const char *text,
				    const char **ret_why)
{
	/* to try it with, long enough for slices; a message whose only variable is the CIC is
	 * encoded now */
	const struct scn_values v = { "123456789012", "567890123456", 3, 3, 1, 1 };
	char line[SCN_MAX_TEXT], filled[SCN_MAX_TEXT];
	uint8_t octets[MTP_MAX_SDU];
	struct scn_message *msg;
	struct isup_msg m;
	const char *dollar;
	int bad_line;
	ssize_t len;

	if (scn_message_text(line, sizeof(line), d, text, ret_why) < 0)
		return NULL;
	*ret_why = "no such variable";
	if (scn_fill(filled, sizeof(filled), line, &v) < 0 ||
	    isup_parse(&m, d, filled, ret_why, &bad_line) < 0)
		return NULL;
	*ret_why = "a mandatory parameter is missing, or too long";
	len = isup_encode(octets, sizeof(octets), &m);
	if (len < 0)
		return NULL;
	msg = talloc_zero(ctx, struct scn_message);
	msg->type = m.type;
	msg->text = talloc_strdup(msg, line);
	dollar = strchr(line, '$');
	msg->own_cic = !dollar || strncmp(dollar, "$cic", 4);
	if (dollar && strchr(msg->own_cic ? dollar : dollar + 1, '$'))
		return msg;
	msg->octets = talloc_memdup(msg, octets, len);
	msg->len = len;
	return msg;
}
