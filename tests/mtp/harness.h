/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A gateway's MTP under test and M3UA peers around it, in one process and one loop. */
#ifndef TOLLGATE_TESTS_MTP_HARNESS_H
#define TOLLGATE_TESTS_MTP_HARNESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <osmocom/sigtran/protocol/m3ua.h>

#include "gw/m3ua_msg.h"
#include "gw/mtp.h"

enum { MAX_SEEN = 4096, WAIT_MS = 3000 };

/* What the MTP user was told. */
struct seen {
	struct mtp *mtp;
	unsigned int n_data;
	struct {
		struct mtp_label label;
		size_t len;
		uint8_t sdu[32];
	} data[MAX_SEEN];
	unsigned int paused, resumed;	/* indications */
	uint32_t last_pc;
	unsigned int n_status;
	enum mtp_status status;
	unsigned int level;
};

struct mtp_user seen_user(struct seen *s);

/* One M3UA peer: an SG that listens, or an ASP that connects. */
struct peer {
	int listener, fd;
	uint8_t msg[4096];		/* the last one received */
	int len;
	unsigned int stream;
	uint32_t rc;
};

/* Log, VTY, library; sockets in a directory of this test. */
void harness_init(void);
void harness_exit(void);
/* The gateway's configuration as text. */
void harness_config(const char *text);

void harness_command(const char *line);		/* at the command line; it must be taken */
void harness_written(char *text, size_t size);	/* the configuration as "write file" says it */

/* Let the loop run for so long, or until the condition holds. */
void run_ms(unsigned int ms);
#define RUN_UNTIL(cond) do { \
		unsigned int left_ = WAIT_MS; \
		bool came_; \
		while (!(came_ = (cond)) && left_--) \
			run_ms(1); \
		ck_assert_msg(came_, "%s:%d: " #cond " did not come", __FILE__, __LINE__); \
	} while (0)

void peer_listen(struct peer *p, const char *host, uint16_t port);
void peer_accept(struct peer *p);		/* wait for the gateway's connection */
void peer_connect(struct peer *p, const char *local, uint16_t local_port, const char *remote,
		  uint16_t remote_port);
void peer_close(struct peer *p);		/* the association, not the listener */
bool peer_closed(struct peer *p);		/* the gateway ended the association */
void peer_send(struct peer *p, const void *msg, size_t len, unsigned int stream);
void peer_send_raw(struct peer *p, const void *msg, size_t len, uint32_t ppid, unsigned int flags);
void peer_send_simple(struct peer *p, uint8_t cls, uint8_t type);	/* header only */
void peer_send_hex(struct peer *p, const char *hex);	/* blanks ignored */
void peer_send_data(struct peer *p, uint32_t opc, uint32_t dpc, uint8_t sls, const char *text);
/* mask in the upper octet */
void peer_send_ssnm(struct peer *p, uint8_t type, uint32_t pc);
bool peer_poll(struct peer *p);			/* a message that is there now */
/* the next of this kind; others are passed over */
void peer_expect(struct peer *p, uint8_t cls, uint8_t type);
void peer_expect_next(struct peer *p, uint8_t cls, uint8_t type);	/* it must be the next */
void peer_beat(struct peer *p);			/* BEAT is answered */
/* As SG: accept, ASPUP, ASPAC acknowledged. As ASP: ASPUP, ASPAC sent and acknowledged. */
void peer_up(struct peer *p);
void peer_sg_activate(struct peer *p);
void peer_asp_activate(struct peer *p);

#endif
