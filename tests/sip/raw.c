/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A SIP peer that is only a socket: the test writes its messages itself. */
#include <arpa/inet.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/sip/party.h"
#include "tests/sip/raw.h"

void raw_open(struct raw *r)
{
	struct sockaddr_in sin = { .sin_family = AF_INET,
				   .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(sin);

	memset(r, 0, sizeof(*r));
	r->fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
	if (r->fd < 0 || bind(r->fd, (struct sockaddr *)&sin, sizeof(sin)) < 0 ||
	    getsockname(r->fd, (struct sockaddr *)&sin, &len) < 0)
		abort();
	r->port = ntohs(sin.sin_port);
}

void raw_connect(struct raw *r, uint16_t port)
{
	struct sockaddr_in sin = { .sin_family = AF_INET,
				   .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
				   .sin_port = htons(port) };
	socklen_t len = sizeof(sin);

	memset(r, 0, sizeof(*r));
	r->stream = true;
	r->fd = socket(AF_INET, SOCK_STREAM, 0);
	if (r->fd < 0 || connect(r->fd, (struct sockaddr *)&sin, sizeof(sin)) < 0 ||
	    getsockname(r->fd, (struct sockaddr *)&sin, &len) < 0)
		abort();
	r->port = ntohs(sin.sin_port);
}

void raw_close(struct raw *r)
{
	close(r->fd);
	r->fd = -1;
}

void raw_octets(struct raw *r, uint16_t to, const void *data, size_t len)
{
	struct sockaddr_in sin = { .sin_family = AF_INET,
				   .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
				   .sin_port = htons(to) };

	if (r->stream)
		send(r->fd, data, len, MSG_NOSIGNAL);
	else
		sendto(r->fd, data, len, 0, (struct sockaddr *)&sin, sizeof(sin));
}

static size_t crlf(char *to, size_t size, const char *from)
{
	size_t n = 0;

	for (; *from && n + 2 < size; from++) {
		if (*from == '\n' && (n == 0 || to[n - 1] != '\r'))
			to[n++] = '\r';
		to[n++] = *from;
	}
	to[n] = '\0';
	return n;
}

static void send_text(struct raw *r, uint16_t to, const char *text, const char *body)
{
	char *msg = malloc(RAW_SIZE);
	size_t n = crlf(msg, RAW_SIZE / 2, text), len = body ? strlen(body) : 0;

	n += snprintf(msg + n, RAW_SIZE - n, "Content-Length: %zu\r\n\r\n%s", len,
		      body ? body : "");
	raw_octets(r, to, msg, n);
	free(msg);
}

void raw_say(struct raw *r, uint16_t to, const char *body, const char *fmt, ...)
{
	char *text = malloc(RAW_SIZE);
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, RAW_SIZE, fmt, ap);
	va_end(ap);
	send_text(r, to, text, body);
	free(text);
}

void raw_respond(struct raw *r, uint16_t to, int status, const char *tag, const char *more,
		 const char *body)
{
	raw_say(r, to, body,
		"SIP/2.0 %d Said\nVia: %s\nFrom: %s\nTo: %s%s%s\nCall-ID: %s\nCSeq: %s\n%s", status,
		raw_header(r, "Via"), raw_header(r, "From"), raw_header(r, "To"),
		tag ? ";tag=" : "", tag ? tag : "", raw_header(r, "Call-ID"), raw_header(r, "CSeq"),
		more ? more : "");
}

static bool receive(struct raw *r)
{
	ssize_t n = recv(r->fd, r->rx, RAW_SIZE - 1, MSG_DONTWAIT);

	if (n <= 0)
		return false;
	r->rx_len = n;
	r->rx[n] = '\0';
	return true;
}

bool raw_expect(struct raw *r, const char *first, unsigned int ms)
{
	unsigned int waited;

	for (waited = 0; waited < ms; waited += 5) {
		while (receive(r)) {
			if (strncmp(r->rx, first, strlen(first)) == 0)
				return true;
		}
		party_run(5);
	}
	return false;
}

bool raw_silent(struct raw *r, unsigned int ms)
{
	party_run(ms);
	return !receive(r);
}

const char *raw_header(const struct raw *r, const char *name)
{
	enum { KEPT = 8 };
	static char kept[KEPT][600];
	static unsigned int next;
	char *value = kept[next++ % KEPT];
	const char *line = r->rx;
	size_t len = strlen(name);

	value[0] = '\0';
	while ((line = strstr(line, "\r\n"))) {
		line += 2;
		if (strncasecmp(line, name, len) == 0 && line[len] == ':') {
			line += len + 1 + strspn(line + len + 1, " ");
			snprintf(value, sizeof(kept[0]), "%.*s", (int)strcspn(line, "\r"), line);
			break;
		}
	}
	return value;
}
