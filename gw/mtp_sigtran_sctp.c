/* SPDX-License-Identifier: GPL-3.0-or-later */
/* M3UA back end: SCTP timers fit for signalling. The kernel's own need more than a minute to see a
 * dead path. */
#include <errno.h>
#include <netinet/in.h>
#include <netinet/sctp.h>
#include <string.h>
#include <sys/socket.h>

#include "gw/mtp_sigtran.h"

enum {
	RTO_INITIAL_MS = 500, RTO_MIN_MS = 250, RTO_MAX_MS = 2000,
	PATH_RETRANS = 3, ASSOC_RETRANS = 5,
	HEARTBEAT_MS = 2000,
	SACK_MS = 100,		/* below the peer's smallest RTO */
	STREAMS_UNKNOWN = 2,
};

static void set(const struct st_link *link, int fd, int option, const void *value, socklen_t len)
{
	if (setsockopt(fd, IPPROTO_SCTP, option, value, len) < 0)
		LOGP(DMTP, LOGL_NOTICE, "asp %s: SCTP option %d not set: %s\n", link->asp->cfg.name,
		     option,
		     strerror(errno));
}

static unsigned int out_streams(int fd)
{
	struct sctp_status status = { 0 };
	socklen_t len = sizeof(status);

	if (getsockopt(fd, IPPROTO_SCTP, SCTP_STATUS, &status, &len) < 0 ||
	    status.sstat_outstrms == 0)
		return STREAMS_UNKNOWN;
	return status.sstat_outstrms;
}

/* For an association that has just come up. */
void st_sctp_tune(struct st_link *link, int fd)
{
	const struct sctp_rtoinfo rto = {
		.srto_initial = RTO_INITIAL_MS, .srto_min = RTO_MIN_MS, .srto_max = RTO_MAX_MS };
	const struct sctp_assocparams assoc = { .sasoc_asocmaxrxt = ASSOC_RETRANS };
	const struct sctp_paddrparams path = {
		.spp_hbinterval = HEARTBEAT_MS, .spp_pathmaxrxt = PATH_RETRANS,
		.spp_flags = SPP_HB_ENABLE };
	const struct sctp_sack_info sack = { .sack_delay = SACK_MS, .sack_freq = 2 };

	set(link, fd, SCTP_RTOINFO, &rto, sizeof(rto));
	set(link, fd, SCTP_ASSOCINFO, &assoc, sizeof(assoc));
	set(link, fd, SCTP_PEER_ADDR_PARAMS, &path, sizeof(path));
	set(link, fd, SCTP_DELAYED_SACK, &sack, sizeof(sack));
	link->streams = out_streams(fd);
}
