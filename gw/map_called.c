/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: the called number in an INVITE - Request-URI and To (RFC 3398 8.2.1.2, 7.2.1.2; RFC 3966,
 * 4694). */
#include <errno.h>
#include <string.h>

#include "gw/map_caller.h"
#include "gw/map_services.h"

enum { INN_NOT_ALLOWED = 1 };

/* What may stand in a phone-context (RFC 3966 3): a name of a domain, or + and digits. */
bool map_keep_context(char *buf, size_t size, struct span context)
{
	size_t i = 0;

	while (i < context.len && (strchr("+-.()", context.p[i]) ||
				   (context.p[i] >= '0' && context.p[i] <= '9') ||
				   ((context.p[i] | 0x20) >= 'a' && (context.p[i] | 0x20) <= 'z')))
		i++;
	buf[0] = '\0';
	return i && i == context.len && span_copy(buf, size, context) == 0;
}

int map_called_from_sip(struct cc_setup *s, const struct sip_msg *inv, const struct map_profile *p)
{
	struct isup_number n;
	struct span context;
	struct uri u;
	int rc = uri_parse(&u, span_of(inv->ruri));

	s->party.to_group[0] = s->party.called_context[0] = '\0';
	if (rc < 0)
		return rc == -EPROTONOSUPPORT ? 416 : 400;
	if (!u.user.len)
		return 404;
	rc = map_called_from_uri(&n, &context, &u, p);
	if (rc > 0)
		return rc;
	s->complete = true;	/* en bloc */
	if (rc < 0) {
		s->called = s->party.routing = (struct isup_number){ 0 };
		return uri_user(s->called_user, sizeof(s->called_user), &u) < 0 ? 404 : 0;
	}
	map_ported_from_uri(s, &n, &u, p);
	map_carrier_from_uri(s, &u, p);
	map_group_from_uri(s, &u, p);
	s->called = n;
	s->called.inn = INN_NOT_ALLOWED;
	if (n.nai == NAI_UNKNOWN)
		map_keep_context(s->party.called_context, sizeof(s->party.called_context), context);
	return 0;
}

/* params: of the user part, behind a number; "" none. */
static int out_called(struct out *o, const struct cc_setup *s, const struct map_profile *p,
		      const char *params)
{
	if (s->called.digits[0] &&
	    map_out_number_with(o, &s->called, map_plan_of_setup(s, p), p->host, params))
		return 0;
	if (!s->called_user[0])
		return -EINVAL;
	out_str(o, "sip:");
	out_user(o, s->called_user);
	out_fmt(o, "@%s", p->host);
	return 0;
}

/* RFC 3398 7.2.1.2: the Request-URI is where the call goes, To whom it was for. */
int map_called_to_sip(struct sip_out *out, const struct cc_setup *s, const struct map_profile *p)
{
	struct out ruri = out_to(out->ruri, sizeof(out->ruri)),
		to = out_to(out->to, sizeof(out->to));
	char params[sizeof(out->ruri)], context[CC_MAX_CONTEXT + 16];
	struct out par = out_to(params, sizeof(params)), con = out_to(context, sizeof(context));

	if (s->party.called_context[0] && s->called.nai == NAI_UNKNOWN)
		out_fmt(&con, ";phone-context=%s", s->party.called_context);
	if (out_end(&con) < 0)
		return -EMSGSIZE;
	out_str(&par, context);
	map_out_ported(&par, s, p);
	map_out_carrier(&par, s, p);
	if (out_end(&par) < 0)
		return -EMSGSIZE;
	if (out_called(&ruri, s, p, params) < 0)
		return -EINVAL;
	out_char(&to, '<');
	if (!s->has_original_called || s->original_called.apri != APRI_ALLOWED ||
	    map_redirection_private(s) ||
	    !map_out_number(&to, &s->original_called, map_plan_of_setup(s, p), p->host))
		out_called(&to, s, p, context);
	out_char(&to, '>');
	return out_end(&ruri) < 0 || out_end(&to) < 0 ? -EMSGSIZE : 0;
}
