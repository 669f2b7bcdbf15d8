/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `explain': the message that begins the call is read, and taken as its trunk group takes it. */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "gw/explain_parts.h"
#include "gw/leg_sip_in.h"
#include "gw/trunk.h"
#include "isup/unknown.h"

/* --- IAM --- */

static bool is_hex(const char *text)
{
	size_t n = 0;

	for (; *text; text++) {
		if (isspace((unsigned char)*text))
			continue;
		if (!isxdigit((unsigned char)*text))
			return false;
		n++;
	}
	return n && n % 2 == 0;
}

static void say_fault(const struct explain_call *x, const struct isup_fault *f)
{
	explain_line(x, 1, "cannot be decoded: %s%s%s at octet %zu", f->par ? f->par : "",
		     f->par ? ": " : "", f->why, f->at);
}

/* With the circuit as it was caught on the link, or from the message type on as in a SIP body. */
static bool decode(struct explain_call *x, const char *text)
{
	const struct isup_dialect *d = x->in->profile.dialect;
	uint8_t octets[ISUP_MAX_OCTETS];
	struct isup_fault link, body;
	int len = osmo_hexparse(text, octets, sizeof(octets));

	if (len < 0) {
		explain_line(x, 1, "longer than %d octets", ISUP_MAX_OCTETS);
		return false;
	}
	if (isup_decode(&x->isup, d, octets, len, &link) == 0)
		return true;
	if (octets[0] == ISUP_MT_IAM && isup_decode_body(&x->isup, d, octets, len, &body) == 0)
		return true;
	say_fault(x, octets[0] == ISUP_MT_IAM ? &body : &link);
	return false;
}

static bool parse(struct explain_call *x, const char *text)
{
	uint8_t octets[ISUP_MAX_OCTETS];
	const char *why;
	int line;

	if (isup_parse(&x->isup, x->in->profile.dialect, text, &why, &line) < 0) {
		explain_line(x, 1, "cannot be read: %s in line %d", why, line);
		return false;
	}
	if (isup_encode(octets, sizeof(octets), &x->isup) < 0) {
		explain_line(x, 1, "cannot be encoded: too long, or a mandatory parameter is "
			     "missing");
		return false;
	}
	return true;
}

static uint8_t unknown_one(const struct explain_call *x, struct isup_msg *m, unsigned int *i,
			   bool type_a)
{
	static const char *const words[] = {
		[ISUP_VERDICT_PASS_ON] = "kept", [ISUP_VERDICT_DISCARD] = "discarded",
		[ISUP_VERDICT_DISCARD_MESSAGE] = "message discarded",
		[ISUP_VERDICT_RELEASE] = "call released",
	};
	uint8_t code = m->par[*i].code;
	struct isup_par_compat todo;
	bool has = isup_par_compat(m, code, &todo);
	struct isup_unknown u = isup_judge_parameter(has ? &todo : NULL, type_a);

	explain_line(x, 1, "parameter 0x%02x is not known: %s%s", code, words[u.verdict],
		     u.notify ? ", and the exchange is told (CFN)" : "");
	if (u.verdict == ISUP_VERDICT_PASS_ON)
		++*i;
	else
		isup_del(m, code);
	return u.verdict == ISUP_VERDICT_PASS_ON || u.verdict == ISUP_VERDICT_DISCARD ? 0 : u.cause;
}

uint8_t explain_unknown(const struct explain_call *x, struct isup_msg *m, bool type_a)
{
	unsigned int i = 0;
	uint8_t cause = 0;

	while (i < m->n_pars && !cause) {
		if (isup_par_name(m->dialect, m->par[i].code)[0] != '?')
			i++;
		else
			cause = unknown_one(x, m, &i, type_a);
	}
	return cause;
}

/* As it is received, or why it is not taken. */
static uint8_t take_iam(struct explain_call *x)
{
	uint8_t cause = explain_unknown(x, &x->isup, false);

	return cause ? cause : map_iam_to_setup(&x->setup, &x->isup, &x->in->profile);
}

enum explain_end explain_read_iam(struct explain_call *x, const char *text)
{
	struct cc_release r = {};

	if (x->in->cfg->type != CONFIG_TRUNK_ISUP) {
		explain_line(x, 0, "trunk-group %s is SIP: an INVITE is needed", x->in->name);
		return EXPLAIN_NOT_READ;
	}
	explain_line(x, 0, "from trunk-group %s, dialect %s", x->in->name,
		     x->in->cfg->dialect ? x->in->cfg->dialect : "itu");
	if (is_hex(text) ? !decode(x, text) : !parse(x, text))
		return EXPLAIN_NOT_READ;
	if (x->isup.type != ISUP_MT_IAM) {
		explain_line(x, 1, "not an IAM but %s %s",
			     isup_mt_name(x->isup.dialect, x->isup.type), "begins no call");
		return EXPLAIN_NOT_READ;
	}
	x->has_isup = true;
	explain_isup(x, &x->isup);
	x->reading = false;
	r.cause.value = take_iam(x);
	if (!r.cause.value)
		return EXPLAIN_GOES;
	r.cause.location = x->in->profile.location;
	explain_line(x, 0, "refused: the call cannot be mapped, cause %u %s", r.cause.value,
		     isup_cause_name(r.cause.value));
	explain_release(x, &r);
	return EXPLAIN_REFUSED;
}

/* --- INVITE --- */

/* Length, or -errno. Never waits, as a pipe could make it. */
static ssize_t read_file(char buf[SIP_TEXT_MAX + 1], const char *path)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	struct stat st;
	ssize_t n = -EINVAL;

	if (fd < 0)
		return -errno;
	if (fstat(fd, &st) < 0)
		n = -errno;
	else if (S_ISREG(st.st_mode))
		n = read(fd, buf, SIP_TEXT_MAX + 1);
	close(fd);
	return n;
}

static struct sip_text *read_invite(struct explain_call *x, const char *path)
{
	char *buf = talloc_size(x, SIP_TEXT_MAX + 1);
	struct sip_text *t = NULL;
	const char *why = "no memory";
	ssize_t n = buf ? read_file(buf, path) : -ENOMEM;

	if (n == -EINVAL)
		explain_line(x, 1, "%s: not a file", path);
	else if (n < 0)
		explain_line(x, 1, "%s: %s", path, strerror(-n));
	else if (sip_text_parse(&t, x, buf, n, &why) < 0)
		explain_line(x, 1, "%s: no INVITE: %s", path, why);
	talloc_free(buf);
	return t;
}

static void header(const struct explain_call *x, const char *name, const char *value)
{
	if (value)
		explain_line(x, 2, "%s: %s", name, value);
}

static void understood(const struct explain_call *x, const struct sip_msg *m)
{
	explain_line(x, 1, "INVITE %s", m->ruri);
	header(x, "From", m->from);
	header(x, "To", m->to);
	header(x, "P-Asserted-Identity", m->pai);
	header(x, "Privacy", m->privacy);
	header(x, "Diversion", m->diversion);
	header(x, "History-Info", m->history_info);
	header(x, "P-Charge-Info", m->p_charge_info);
	header(x, "User-to-User", m->user_to_user);
	header(x, "Resource-Priority", m->resource_priority);
	header(x, "Geolocation", m->geolocation);
	header(x, "P-Early-Media", m->p_early_media);
	header(x, "Reason", m->reason);
	header(x, "Supported", m->supported);
	header(x, "Require", m->require);
	if (m->max_forwards >= 0)
		explain_line(x, 2, "Max-Forwards: %d", m->max_forwards);
	explain_body(x, m->content_type, m->body, m->body_len, &x->in->profile);
}

/* Whose calls these are. The text has no sender but the one its topmost Via names. */
static void source(const struct explain_call *x, const struct sip_msg *m)
{
	const struct trunk *t;

	explain_line(x, 0, "source");
	if (!m->source[0]) {
		explain_line(x, 1, "the topmost Via names no address: taken to be of %s",
			     x->in->name);
		return;
	}
	t = trunk_of_source(x->in->gw, &m->source_addr, x->in->cfg->local_port);
	if (t == x->in)
		explain_line(x, 1, "%s is %s's", m->source, t->name);
	else if (t)
		explain_line(x, 1, "%s, as the topmost Via says, would be %s's: explained for %s",
			     m->source, t->name, x->in->name);
	else
		explain_line(x, 1, "%s, as the topmost Via says, would get no answer: explained "
			     "for %s", m->source, x->in->name);
}

static enum explain_end refuse(const struct explain_call *x, int status, const char *who)
{
	struct sip_out *out = talloc_zero(x, struct sip_out);

	explain_line(x, 0, "refused: %s", who);
	explain_line(x, 1, "%d %s", status, sip_status_name(status));
	if (out) {
		map_invite_refused(out, status, &x->in->profile);
		explain_text(x, 1, out->headers);
	}
	return EXPLAIN_REFUSED;
}

enum explain_end explain_read_invite(struct explain_call *x, const char *path)
{
	struct leg_sip_taken *taken = talloc(x, struct leg_sip_taken);
	struct sip_text *t;
	int status;

	if (x->in->cfg->type != CONFIG_TRUNK_SIP) {
		explain_line(x, 0, "trunk-group %s is ISUP: an IAM is needed", x->in->name);
		return EXPLAIN_NOT_READ;
	}
	explain_line(x, 0, "from trunk-group %s", x->in->name);
	t = taken ? read_invite(x, path) : NULL;
	if (!t)
		return EXPLAIN_NOT_READ;
	understood(x, sip_text_msg(t));
	source(x, sip_text_msg(t));
	status = sip_text_refused(t);
	if (status)
		return refuse(x, status, "the SIP stack does not take it");
	status = leg_sip_take(taken, sip_text_msg(t), sip_text_supports(t, "100rel"), x->in);
	x->setup = taken->setup;
	x->has_isup = taken->has_isup;
	if (taken->has_isup)
		x->isup = taken->isup;
	x->sdp = taken->sdp[0] ? taken->sdp : NULL;
	return status ? refuse(x, status, "the call cannot be mapped") : EXPLAIN_GOES;
}
