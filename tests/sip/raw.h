/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A SIP peer that is only a socket: the test writes its messages itself. */
#ifndef TESTS_SIP_RAW_H
#define TESTS_SIP_RAW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RAW_SIZE = 65536 };

struct raw {
	int fd;
	bool stream;
	uint16_t port;
	char rx[RAW_SIZE];		/* the message received last, with a NUL behind it */
	size_t rx_len;
};

void raw_open(struct raw *r);		/* UDP at 127.0.0.1 */
void raw_connect(struct raw *r, uint16_t port);	/* TCP */
void raw_close(struct raw *r);
void raw_octets(struct raw *r, uint16_t to, const void *data, size_t len);
/* Lines are ended by LF in fmt and sent with CR LF; Content-Length and the empty line are added. */
void raw_say(struct raw *r, uint16_t to, const char *body, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
/* A response to the request received last: its Via, From, Call-ID and CSeq, To with the tag, then
 * `more` (ended lines). */
void raw_respond(struct raw *r, uint16_t to, int status, const char *tag, const char *more,
		 const char *body);
/* Runs the loop until a message whose first line begins so; the others are dropped. */
bool raw_expect(struct raw *r, const char *first, unsigned int ms);
/* The value of a header of the message received last, "" if none. Valid for seven more calls. */
const char *raw_header(const struct raw *r, const char *name);
bool raw_silent(struct raw *r, unsigned int ms);

#endif
