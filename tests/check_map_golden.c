/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dry runs: a text IAM becomes a text INVITE, a text INVITE becomes a text IAM, and is compared
 * with the file beside it.
 *
 * Lines before the message set the profiles: "isup country_code=49 area_code=30", "sip
 * host=peer.example isup_body=sip-t standard=profile-a map=TABLE:ROW:VALUE ...". GOLDEN_UPDATE=1
 * writes the files. */
#include <check.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gw/map.h"
#include "gw/sipt.h"
#include "gw/text.h"
#include "tests/suite.h"

enum { MAX_FILE = 16384, MAX_CASES = 1000 };

struct dry {
	struct map_profile isup, sip;
	char text[MAX_FILE];		/* the input, cut into lines by the parser */
	char out[MAX_FILE];
	size_t len;
};

static char names[MAX_CASES][256];	/* "to_sip/x.iam" */
static int n_names;

static const char *path_of(char *buf, size_t size, const char *name)
{
	const char *top = getenv("top_srcdir");

	snprintf(buf, size, "%s/tests/golden/map/%s", top ? top : ".", name);
	return buf;
}

static size_t read_file(char *buf, const char *name)
{
	char path[1024];
	FILE *f = fopen(path_of(path, sizeof(path), name), "r");
	size_t n;

	if (!f)
		return 0;
	n = fread(buf, 1, MAX_FILE - 1, f);
	fclose(f);
	buf[n] = '\0';
	return n;
}

static void set_flag(bool *flag, struct span value)
{
	*flag = span_is(value, "1");
}

static void set_octet(uint8_t *octet, struct span value)
{
	uint64_t n;

	ck_assert(span_number(&n, value, 255));
	*octet = n;
}

/* "standard=profile-a", "dialect=ansi", "map=TABLE:ROW:VALUE"; false: another setting. */
static bool set_rule(struct map_profile *p, struct span key, struct span value)
{
	char table[32], row[32], text[64];
	const char *why = "";
	struct span rest = value;

	ck_assert_int_eq(span_copy(text, sizeof(text), value), 0);
	if (span_is(key, "standard")) {
		p->standard = map_standard_find(text);
		ck_assert_uint_lt(p->standard, MAP_STANDARDS);
	} else if (span_is(key, "dialect")) {
		p->dialect = isup_dialect_find(text);
		ck_assert_ptr_nonnull(p->dialect);
	} else if (span_is(key, "map")) {
		span_copy(table, sizeof(table), span_until(&rest, ':'));
		span_copy(row, sizeof(row), span_until(&rest, ':'));
		span_copy(text, sizeof(text), rest);
		ck_assert_msg(map_override_parse(&p->overrides[p->n_overrides++], table, row, text,
						 &why) == 0, "%s: %s", text, why);
	} else {
		return false;
	}
	return true;
}

static bool set_text(struct map_profile *p, struct span key, struct span value)
{
	struct { const char *key; char *text; size_t size; } rows[] = {
		{ "country_code", p->country_code, sizeof(p->country_code) },
		{ "area_code", p->area_code, sizeof(p->area_code) },
		{ "host", p->host, sizeof(p->host) },
		{ "local_host", p->local_host, sizeof(p->local_host) },
		{ "national_prefix", p->national_prefix, sizeof(p->national_prefix) },
		{ "international_prefix", p->international_prefix,
		  sizeof(p->international_prefix) },
		{ "own_carrier", p->own_carrier, sizeof(p->own_carrier) },
		{ "group", p->group, sizeof(p->group) },
		{ "trunk_context", p->trunk_context, sizeof(p->trunk_context) },
		{ "default_calling", p->default_calling, sizeof(p->default_calling) },
		{ "isup_version", p->isup_version, sizeof(p->isup_version) },
		{ "isup_base", p->isup_base, sizeof(p->isup_base) },
	};
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (span_is(key, rows[i].key)) {
			ck_assert_int_eq(span_copy(rows[i].text, rows[i].size, value), 0);
			return true;
		}
	return false;
}

static bool set_number(struct map_profile *p, struct span key, struct span value)
{
	struct { const char *key; bool *flag; uint8_t *octet; } rows[] = {
		{ "send_pai", &p->send_pai }, { "trust_pai", &p->trust_pai },
		{ "isup_all_the_way", &p->isup_all_the_way }, { "send_st", &p->send_st },
		{ "isup_required", &p->isup_required },
		{ "nci_satellite", NULL, &p->nci_satellite }, { "nci_echo", NULL, &p->nci_echo },
		{ "category", NULL, &p->category },
		{ "routing_length", NULL, &p->routing_length },
		{ "max_forwards_factor", NULL, &p->max_forwards_factor },
	};
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (!span_is(key, rows[i].key))
			continue;
		if (rows[i].flag)
			set_flag(rows[i].flag, value);
		else
			set_octet(rows[i].octet, value);
		return true;
	}
	return false;
}

/* "isup_body=sip-t isup_trust=listed dialect=ansi" */
static bool set_bodies(struct map_profile *p, struct span key, struct span value)
{
	char text[16];

	if (span_is(key, "isup_body"))
		p->isup_body = span_is(value, "sip-t") ? MAP_ISUP_SIP_T :
			       span_is(value, "sip-i") ? MAP_ISUP_SIP_I : MAP_ISUP_NONE;
	else if (span_is(key, "isup_trust"))
		p->isup_trust = span_is(value, "none") ? MAP_TRUST_NONE :
				span_is(value, "listed") ? MAP_TRUST_LISTED : MAP_TRUST_ALL;
	else if (span_is(key, "dialect")) {
		span_copy(text, sizeof(text), value);
		p->dialect = isup_dialect_find(text);
		ck_assert_ptr_nonnull(p->dialect);
	} else
		return false;
	return true;
}

static void set_profile(struct map_profile *p, struct span rest)
{
	while (rest.len) {
		struct span value = span_word(&rest), key = span_until(&value, '=');

		if (!set_rule(p, key, value) && !set_text(p, key, value) &&
		    !set_number(p, key, value) && !set_bodies(p, key, value))
			ck_abort_msg("unknown setting %.*s", (int)key.len, key.p);
	}
}

/* Profile lines are taken off; what is left is the message. */
static struct span profiles(struct dry *d)
{
	struct span rest = span_of(d->text), before, line, word;

	map_profile_default(&d->isup);
	map_profile_default(&d->sip);
	span_copy(d->isup.country_code, sizeof(d->isup.country_code), span_of("49"));
	span_copy(d->sip.country_code, sizeof(d->sip.country_code), span_of("49"));
	span_copy(d->sip.host, sizeof(d->sip.host), span_of("peer.example"));
	span_copy(d->sip.local_host, sizeof(d->sip.local_host), span_of("gw.example"));
	for (before = rest; span_line(&line, &rest); before = rest) {
		word = span_word(&line);
		if (span_is(word, "isup"))
			set_profile(&d->isup, line);
		else if (span_is(word, "sip"))
			set_profile(&d->sip, line);
		else if (word.len && word.p[0] != '#')
			break;
	}
	return before;
}

static void put(struct dry *d, const char *name, const char *value)
{
	if (value[0])
		d->len += snprintf(d->out + d->len, sizeof(d->out) - d->len, "%s%s\n", name, value);
}

static void put_isup(struct dry *d, const struct isup_msg *m)
{
	isup_print_body(d->out + d->len, sizeof(d->out) - d->len, m);
	d->len += strlen(d->out + d->len);
}

/* --- IAM -> INVITE --- */

static void put_body(struct dry *d, const struct sip_out *out)
{
	struct sipt_body b;
	struct isup_msg m;
	unsigned int i;
	char line[256];

	ck_assert_int_eq(sipt_parse(&b, out->content_type, out->body, out->body_len), 0);
	for (i = 0; i < b.n_parts; i++) {
		const struct sipt_part *part = &b.parts[i];

		snprintf(line, sizeof(line), "%.*s;%.*s handling=%s", (int)part->type.len,
			 part->type.p,
			 (int)part->params.len, part->params.p, part->required ? "required"
				: "optional");
		put(d, "\n", line);
		if (!span_is(part->type, "application/isup"))
			continue;
		ck_assert_int_eq(isup_decode_body(&m, &isup_itu, part->octets, part->len, NULL), 0);
		put_isup(d, &m);
	}
}

static void put_invite(struct dry *d, const struct sip_out *out)
{
	char number[16] = "";

	put(d, "INVITE ", out->ruri);
	put(d, "From: ", out->from);
	put(d, "To: ", out->to);
	put(d, "Contact user: ", out->contact_user);
	put(d, "P-Asserted-Identity: ", out->pai);
	put(d, "Privacy: ", out->privacy);
	put(d, "Diversion: ", out->diversion);
	if (out->max_forwards)
		snprintf(number, sizeof(number), "%d", out->max_forwards);
	put(d, "Max-Forwards: ", number);
	put(d, "", out->headers);
	put(d, "Content-Type: ", out->content_type);
	put_body(d, out);
}

static void to_sip(struct dry *d)
{
	struct span message = profiles(d);
	struct cc_setup setup;
	struct isup_msg iam;
	struct sip_out out;
	const char *why = "";
	int line, rc;

	rc = isup_parse(&iam, d->isup.dialect, message.p, &why, &line);
	ck_assert_msg(rc == 0, "%s at line %d", why, line);
	rc = map_iam_to_setup(&setup, &iam, &d->isup);
	if (rc) {
		d->len = snprintf(d->out, sizeof(d->out), "refused: cause %d\n", rc);
		return;
	}
	rc = map_setup_to_invite(&out, &setup, &iam, "v=0\r\ns=-\r\n", &d->sip);
	if (rc < 0)
		d->len = snprintf(d->out, sizeof(d->out), "refused: %s\n", strerror(-rc));
	else
		put_invite(d, &out);
}

/* --- INVITE -> IAM --- */

struct headers { char isup[4096], sdp[1024]; const char *body; bool required; };

/* Lines of SDP are divided by '|'. */
static void set_sdp(char *buf, size_t size, const char *value)
{
	struct out o = out_to(buf, size);
	struct span rest = span_of(value);

	out_str(&o, "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n");
	while (rest.len) {
		out_span(&o, span_until(&rest, '|'));
		out_str(&o, "\r\n");
	}
	ck_assert_int_gt(out_end(&o), 0);
}

static void header(struct sip_msg *msg, struct headers *h, char *name, const char *value)
{
	struct { const char *name; const char **value; } rows[] = {
		{ "INVITE", &msg->ruri }, { "From", &msg->from }, { "To", &msg->to },
			{ "Contact", &msg->contact },
		{ "P-Asserted-Identity", &msg->pai }, { "Privacy", &msg->privacy },
			{ "Diversion", &msg->diversion },
		{ "History-Info", &msg->history_info }, { "User-to-User", &msg->user_to_user },
		{ "Content-Type", &msg->content_type },
		{ "Accept-Language", &msg->accept_language },
		{ "P-Charge-Info", &msg->p_charge_info }, { "Geolocation", &msg->geolocation },
		{ "Resource-Priority", &msg->resource_priority },
	};
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (strcmp(rows[i].name, name) != 0)
			continue;
		*rows[i].value = value;
		return;
	}
	if (strcmp(name, "Max-Forwards") == 0)
		msg->max_forwards = strtol(value, NULL, 10);
	else if (strcmp(name, "ISUP") == 0)	/* the one-line form; octets are made of it */
		snprintf(h->isup, sizeof(h->isup), "%s", value);
	else if (strcmp(name, "ISUP-Handling") == 0)
		h->required = strcmp(value, "required") == 0;
	else if (strcmp(name, "SDP") == 0)
		set_sdp(h->sdp, sizeof(h->sdp), value);
	else if (strcmp(name, "Body") == 0)
		h->body = value;
	else
		ck_abort_msg("unknown header %s", name);
}

/* Lines "Name: value" up to the end; the request line is "INVITE uri". */
static void parse_invite(struct sip_msg *msg, struct headers *h, char *text)
{
	char *line, *save = NULL;

	*msg = (struct sip_msg){ .is_request = true, .method = SIP_INVITE, .max_forwards = -1 };
	memset(h, 0, sizeof(*h));
	for (line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		char *colon = strpbrk(line, ": ");

		ck_assert_msg(colon != NULL, "%s", line);
		*colon++ = '\0';
		header(msg, h, line, colon + strspn(colon, " "));
	}
}

static void make_body(struct sip_msg *msg, struct sip_out *carrier, const struct headers *h,
		      const struct map_profile *p)
{
	struct sipt_compose c = { .sdp = h->sdp[0] ? h->sdp : NULL, .version = p->isup_version,
				  .base = p->isup_base, .required = h->required };
	uint8_t octets[512];
	struct isup_msg m;
	const char *why = "";
	int line;

	memset(carrier, 0, sizeof(*carrier));
	if (h->body) {
		msg->body = (const uint8_t *)h->body;
		msg->body_len = strlen(h->body);
		return;
	}
	if (h->isup[0]) {
		ck_assert_msg(isup_parse(&m, &isup_itu, h->isup, &why, &line) == 0, "%s", why);
		c.isup_len = isup_encode_body(octets, sizeof(octets), &m);
		ck_assert_uint_lt(c.isup_len, sizeof(octets));
		c.isup = octets;
	}
	ck_assert_int_eq(sipt_compose(carrier, &c), 0);
	if (carrier->body_len)
		msg->content_type = carrier->content_type;
	msg->body = carrier->body;
	msg->body_len = carrier->body_len;
}

static void to_isup(struct dry *d)
{
	struct span message = profiles(d);
	struct sip_out carrier;
	struct cc_setup setup;
	struct isup_msg body, iam;
	struct sip_msg inv;
	struct headers h;
	bool has;
	int rc;

	parse_invite(&inv, &h, (char *)message.p);
	make_body(&inv, &carrier, &h, &d->sip);
	rc = map_invite_to_setup(&setup, &body, &has, &inv, &d->sip);
	if (rc) {
		d->len = snprintf(d->out, sizeof(d->out), "refused: status %d\n", rc);
		return;
	}
	rc = map_setup_to_iam(&iam, &setup, has ? &body : NULL, &d->isup);
	if (rc < 0) {
		d->len = snprintf(d->out, sizeof(d->out), "refused: %s; called user \"%s\"\n",
				  strerror(-rc),
				  setup.called_user);
		return;
	}
	put_isup(d, &iam);
	/* nothing mandatory is missing */
	ck_assert_int_gt(isup_encode(carrier.body, sizeof(carrier.body), &iam), 0);
}

static void expected_name(char *buf, size_t size, const char *name)
{
	const char *dot = strrchr(name, '.');

	snprintf(buf, size, "%.*s.%s", (int)(dot - name), name, strcmp(dot, ".iam") == 0 ? "invite"
		 : "iam");
}

START_TEST(test_golden)
{
	static struct dry d;
	static char want[MAX_FILE];
	char other[300], path[1024];
	FILE *f;

	memset(&d, 0, sizeof(d));
	ck_assert_uint_gt(read_file(d.text, names[_i]), 0);
	if (strncmp(names[_i], "to_sip/", 7) == 0)
		to_sip(&d);
	else
		to_isup(&d);
	expected_name(other, sizeof(other), names[_i]);
	if (getenv("GOLDEN_UPDATE")) {
		f = fopen(path_of(path, sizeof(path), other), "w");
		ck_assert_ptr_nonnull(f);
		fputs(d.out, f);
		fclose(f);
	}
	ck_assert_msg(read_file(want, other) > 0, "%s is missing", other);
	ck_assert_msg(strcmp(d.out, want) == 0, "%s\n--- want\n%s--- have\n%s", names[_i], want,
		      d.out);
}
END_TEST

static int by_name(const void *a, const void *b)
{
	return strcmp(a, b);
}

static void find_cases(const char *dir, const char *ending)
{
	char path[1024];
	DIR *d = opendir(path_of(path, sizeof(path), dir));
	struct dirent *e;

	while (d && n_names < MAX_CASES && (e = readdir(d)))
		if (strlen(e->d_name) > strlen(ending) &&
		    strcmp(strrchr(e->d_name, '.'), ending) == 0)
			snprintf(names[n_names++], sizeof(names[0]), "%s/%.200s", dir, e->d_name);
	if (d)
		closedir(d);
}

START_TEST(test_corpus)
{
	ck_assert_int_gt(n_names, 30);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("map_golden");
	TCase *tc = tcase_create("map_golden");

	find_cases("to_sip", ".iam");
	find_cases("to_isup", ".invite");
	qsort(names, n_names, sizeof(names[0]), by_name);
	tcase_add_test(tc, test_corpus);
	tcase_add_loop_test(tc, test_golden, 0, n_names);
	suite_add_tcase(suite, tc);
	return suite_run(suite);
}
