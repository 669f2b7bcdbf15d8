/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The media gateway of the tests. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <osmocom/core/timer.h>
#include <osmocom/core/utils.h>

#include "media_fake.h"

static unsigned int roll(struct fake *f, unsigned int n)
{
	f->dice = f->dice * 1664525 + 1013904223;
	return (f->dice >> 8) % n;
}

static void send_mangled(struct fake *f, const char *text)
{
	static const char octets[] = "\r\n.:@/ *$0aZ\0\xff";
	char buf[2048];
	size_t len = strlen(text);

	memcpy(buf, text, len);
	for (unsigned int n = roll(f, 4); n; n--)
		buf[roll(f, len)] = octets[roll(f, sizeof(octets) - 1)];
	if (!roll(f, 8))
		len = roll(f, len);
	sendto(f->fd.fd, buf, len, 0, (struct sockaddr *)&f->peer, sizeof(f->peer));
}

static void out(struct fake *f, const char *text)
{
	if (f->mangle) {
		send_mangled(f, text);
		return;
	}
	if (f->hold) {
		ck_assert_uint_lt(f->n_held, FAKE_MAX_HELD);
		OSMO_STRLCPY_ARRAY(f->held[f->n_held++].text, text);
		return;
	}
	sendto(f->fd.fd, text, strlen(text), 0, (struct sockaddr *)&f->peer, sizeof(f->peer));
}

void fake_release(struct fake *f)
{
	f->hold = false;
	for (unsigned int i = 0; i < f->n_held; i++)
		out(f, f->held[i].text);
	f->n_held = 0;
}

void fake_say(struct fake *f, const char *text)
{
	sendto(f->fd.fd, text, strlen(text), 0, (struct sockaddr *)&f->peer, sizeof(f->peer));
}

void fake_restart(struct fake *f)
{
	f->n_conns = 0;
}

static unsigned int count(const struct fake *f, const char *endpoint)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < f->n_conns; i++)
		n += !strcmp(f->conns[i].endpoint, endpoint);
	return n;
}

static void drop(struct fake *f, const struct mgcp_msg *m, bool *ret_found)
{
	const struct mgcp_text *c = mgcp_find(m, MGCP_P_C), *i = mgcp_find(m, MGCP_P_I);
	unsigned int kept = 0;

	*ret_found = false;
	for (unsigned int k = 0; k < f->n_conns; k++) {
		struct fake_connection *x = &f->conns[k];
		char id[16];

		snprintf(id, sizeof(id), "%X", x->id);
		if (mgcp_name_covers(&m->endpoint, x->endpoint) &&
		    (!c || mgcp_text_is(c, x->call)) && (!i || mgcp_text_is(i, id)))
			*ret_found = true;
		else
			f->conns[kept++] = *x;
	}
	f->n_conns = kept;
}

static const struct fake_connection *find(const struct fake *f, const struct mgcp_msg *m)
{
	const struct mgcp_text *i = mgcp_find(m, MGCP_P_I);
	char id[16];

	for (unsigned int k = 0; i && k < f->n_conns; k++) {
		snprintf(id, sizeof(id), "%X", f->conns[k].id);
		if (mgcp_text_is(i, id) && mgcp_name_covers(&m->endpoint, f->conns[k].endpoint))
			return &f->conns[k];
	}
	return NULL;
}

static void put_sdp(char *buf, size_t size, const struct fake_connection *c, unsigned int version)
{
	size_t len = strlen(buf);

	snprintf(buf + len, size - len,
		 "\r\nv=0\r\no=- %u %u IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\n"
		 "m=audio %u RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\na=ptime:20\r\n",
		 c->id, version, 10000 + 2 * c->id);
}

static void crcx(struct fake *f, const struct mgcp_msg *m, char *buf, size_t size)
{
	struct fake_connection *c = &f->conns[f->n_conns];
	size_t len;

	ck_assert_uint_lt(f->n_conns, FAKE_MAX_CONNECTIONS);
	mgcp_text_copy(c->endpoint, sizeof(c->endpoint), &m->endpoint);
	if (f->max_per_endpoint && count(f, c->endpoint) >= f->max_per_endpoint) {
		snprintf(buf, size, "%u %u full\r\n", f->osmo ? 400 : 540, m->tid);
		return;
	}
	c->id = ++f->next_id;
	mgcp_text_copy(c->call, sizeof(c->call), mgcp_find(m, MGCP_P_C));
	len = snprintf(buf, size, "200 %u OK\r\n", m->tid);
	if (strpbrk(c->endpoint, "*$")) {
		snprintf(c->endpoint, sizeof(c->endpoint), "rtpbridge/%x@mgw", c->id);
		len += snprintf(buf + len, size - len, "Z: %s\r\n", c->endpoint);
	}
	if (!f->no_id)
		snprintf(buf + len, size - len, "I: %X\r\n", c->id);
	if (!f->no_sdp)
		put_sdp(buf, size, c, 1);
	f->n_conns++;
}

static void mdcx(struct fake *f, const struct mgcp_msg *m, char *buf, size_t size)
{
	const struct fake_connection *c = find(f, m);
	char name[64];

	if (!c) {
		mgcp_text_copy(name, sizeof(name), &m->endpoint);
		snprintf(buf, size, "%u %u gone\r\n", f->osmo && !count(f, name) ? 400 : 515,
			 m->tid);
		return;
	}
	snprintf(buf, size, "200 %u OK\r\n", m->tid);
	if (m->verb == MGCP_MDCX && m->n_sdp)
		put_sdp(buf, size, c, 2);
}

static void command(struct fake *f, const struct mgcp_msg *m)
{
	char buf[2048], line[100];
	bool found;

	f->commands++;
	snprintf(line, sizeof(line), "%s%s:%.*s", f->heard[0] ? " " : "", m->verb_text,
		 (int)strcspn(m->endpoint.p, "@"), m->endpoint.p);
	strncat(f->heard, line, sizeof(f->heard) - strlen(f->heard) - 1);
	if (f->provisional) {
		snprintf(buf, sizeof(buf), "100 %u wait\r\n", m->tid);
		out(f, buf);
	}
	if (f->refuse[m->verb]) {
		snprintf(buf, sizeof(buf), "%u %u refused\r\n", f->refuse[m->verb], m->tid);
		if (f->refuse_times && !--f->refuse_times)
			f->refuse[m->verb] = 0;
	} else if (m->verb == MGCP_CRCX) {
		crcx(f, m, buf, sizeof(buf));
	} else if (m->verb == MGCP_MDCX || m->verb == MGCP_AUCX) {
		mdcx(f, m, buf, sizeof(buf));
	} else if (m->verb == MGCP_DLCX) {
		drop(f, m, &found);
		snprintf(buf, sizeof(buf), "%u %u OK\r\n%s",
			 found || !mgcp_find(m, MGCP_P_C) ? 250 : 515, m->tid,
			 found ? "P: PS=50, OS=8000, PR=49, OR=7840, PL=1, JI=2, LA=3\r\n" : "");
	} else {
		snprintf(buf, sizeof(buf), "200 %u OK\r\n", m->tid);
	}
	if (!f->deaf_to[m->verb])
		out(f, buf);
}

static int readable(struct osmo_fd *ofd, unsigned int what)
{
	struct fake *f = ofd->data;
	socklen_t len = sizeof(f->peer);
	ssize_t n = recvfrom(ofd->fd, f->last, sizeof(f->last) - 1, 0, (struct sockaddr *)&f->peer,
			     &len);
	struct mgcp_fault fault;
	struct mgcp_msg m;
	struct mgcp_rd rd;

	ck_assert_int_gt(n, 0);
	f->last[n] = '\0';
	rd = mgcp_rd(f->last, n);
	if (f->silent)
		return 0;
	while (mgcp_decode(&m, &rd, &fault) > 0) {
		char line[40];

		if (!m.response) {
			command(f, &m);
			continue;
		}
		snprintf(line, sizeof(line), "%s%u", f->heard[0] ? " " : "", m.code);
		strncat(f->heard, line, sizeof(f->heard) - strlen(f->heard) - 1);
	}
	return 0;
}

void fake_open(struct fake *f)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(a);
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	memset(f, 0, sizeof(*f));
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(bind(fd, (struct sockaddr *)&a, sizeof(a)), 0);
	getsockname(fd, (struct sockaddr *)&a, &len);
	f->port = ntohs(a.sin_port);
	osmo_fd_setup(&f->fd, fd, OSMO_FD_READ, readable, f, 0);
	ck_assert_int_eq(osmo_fd_register(&f->fd), 0);
}

void fake_close(struct fake *f)
{
	osmo_fd_unregister(&f->fd);
	close(f->fd.fd);
}

/* --- listener --- */

static void tell(struct listener *l, const char *what)
{
	strncat(l->told, l->told[0] ? " " : "", sizeof(l->told) - strlen(l->told) - 1);
	strncat(l->told, what, sizeof(l->told) - strlen(l->told) - 1);
}

static void take_sdp(struct listener *l, const char *sdp)
{
	l->has_sdp = sdp != NULL;
	snprintf(l->sdp, sizeof(l->sdp), "%s", sdp ? sdp : "");
}

static void opened(void *ctx, const char *sdp)
{
	tell(ctx, "opened");
	take_sdp(ctx, sdp);
}

static void modified(void *ctx, const char *sdp)
{
	tell(ctx, "modified");
	take_sdp(ctx, sdp);
}

static void failed(void *ctx, uint8_t cause, const char *why)
{
	struct listener *l = ctx;
	char text[32];

	ck_assert(why && *why);
	snprintf(text, sizeof(text), "failed:%u", cause);
	tell(l, text);
	if (l->on_failed && *l->on_failed) {
		media_close(*l->on_failed);
		*l->on_failed = NULL;
	}
}

const struct media_ops listener_ops = { opened, modified, failed };

/* --- time --- */

void virtual_time(void)
{
	osmo_gettimeofday_override = true;
	osmo_gettimeofday_override_time.tv_sec = 1000;
	osmo_clock_override_enable(CLOCK_MONOTONIC, true);
	osmo_clock_override_gettimespec(CLOCK_MONOTONIC)->tv_sec = 1000;
}

void pass(unsigned int ms)
{
	for (unsigned int i = 0; i < ms; i += 10) {
		for (int k = 0; k < 4; k++)
			osmo_select_main(1);
		osmo_gettimeofday_override_add(0, 10000);
		osmo_clock_override_add(CLOCK_MONOTONIC, 0, 10000000);
	}
	for (int k = 0; k < 4; k++)
		osmo_select_main(1);
}
