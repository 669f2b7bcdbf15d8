/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A gateway as ASP of an SG that the test plays. */
#include <check.h>
#include <string.h>

#include "tests/mtp/asp.h"

struct seen seen;
struct peer sg;

const char asp_config[] =
	"cs7 instance 0\n"
	" network-indicator national\n"
	" point-code 1.1.1\n"
	" asp to-sg 2905 2906 m3ua\n"
	"  local-ip 127.0.0.1\n"
	"  remote-ip 127.0.0.2\n"
	"  role asp\n"
	"  sctp-role client\n"
	" as as-sg m3ua\n"
	"  asp to-sg\n"
	"  traffic-mode override\n"
	"  routing-key 101 1.1.1\n"
	" route-table system\n"
	"  update route 1.1.2 7.255.7 linkset as-sg\n";

struct mtp *open_mtp(void)
{
	struct mtp_user user = seen_user(&seen);
	struct mtp *mtp = mtp_sigtran_open(NULL, &user, 0);

	ck_assert_ptr_nonnull(mtp);
	return mtp;
}

struct mtp *asp_up(void)
{
	struct mtp *mtp;

	peer_listen(&sg, "127.0.0.2", 2905);
	harness_config(asp_config);
	sg.rc = 101;
	mtp = open_mtp();
	ck_assert_int_eq(mtp_watch(mtp, FAR), 0);
	ck_assert_uint_eq(seen.paused, 1);
	peer_up(&sg);
	RUN_UNTIL(seen.resumed == 1);
	return mtp;
}

int transfer(struct mtp *mtp, uint32_t dpc, uint8_t sls, const char *text)
{
	const struct mtp_label l = { .opc = OWN, .dpc = dpc, .sls = sls, .ni = 2, .prio = 3 };

	return mtp_transfer(mtp, &l, (const uint8_t *)text, strlen(text));
}

struct m3ua_data expect_data(struct peer *p)
{
	struct m3ua_data d;

	peer_expect(p, M3UA_MSGC_XFER, M3UA_XFER_DATA);
	ck_assert_int_eq(m3ua_data_decode(&d, p->msg, p->len), 0);
	return d;
}
