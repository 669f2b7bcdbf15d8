/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SCTP for tests on any kernel: the program's own versions of the calls libosmo-netif makes, over
 * AF_UNIX SEQPACKET. */
#ifndef TOLLGATE_TESTS_MTP_SEAM_H
#define TOLLGATE_TESTS_MTP_SEAM_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { SEAM_EOR = 1, SEAM_NOTIFICATION = 2, SEAM_PPID = 3 };

/* In front of each packet. */
struct seam_header {
	uint32_t ppid;			/* network order */
	uint16_t stream;
	uint16_t flags;
};

/* Directory of the sockets; without one the seam is not there and SCTP is the kernel's. */
void seam_dir(const char *dir);
/* The other end of what the library opens: descriptors, or -errno. Addresses are "127.0.0.1". */
int seam_listen(const char *host, uint16_t port);
int seam_connect(const char *local, uint16_t local_port, const char *remote, uint16_t remote_port);

#endif
