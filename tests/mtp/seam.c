/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The seam: where libosmo-netif would open an SCTP socket it gets an AF_UNIX one. The dynamic
 * linker prefers what the program defines. A packet is struct seam_header and the message; the
 * connecting end's abstract name carries both addresses, so that each end can be asked for them. */
#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/sctp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <osmocom/core/socket.h>

#include "tests/mtp/seam.h"

#define PREFIX "tollgate-seam"

static char dir[80];

void seam_dir(const char *path)
{
	snprintf(dir, sizeof(dir), "%s", path);
}

static bool is_seam(int fd)
{
	int domain = 0;
	socklen_t len = sizeof(domain);
	int (*real)(int, int, int, void *, socklen_t *) = dlsym(RTLD_NEXT, "getsockopt");

	return dir[0] && real(fd, SOL_SOCKET, SO_DOMAIN, &domain, &len) == 0 && domain == AF_UNIX;
}

static void path_of(struct sockaddr_un *sun, const char *host, uint16_t port)
{
	*sun = (struct sockaddr_un){ .sun_family = AF_UNIX };
	snprintf(sun->sun_path, sizeof(sun->sun_path), "%s/%s:%u", dir, host, port);
}

static int new_socket(void)
{
	int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	return fd < 0 ? -errno : fd;
}

static int fail(int fd)
{
	int rc = -errno;

	close(fd);
	errno = -rc;
	return rc;
}

int seam_listen(const char *host, uint16_t port)
{
	struct sockaddr_un sun;
	int fd = new_socket();

	if (fd < 0)
		return fd;
	path_of(&sun, host, port);
	unlink(sun.sun_path);
	if (bind(fd, (struct sockaddr *)&sun, sizeof(sun)) < 0 || listen(fd, 10) < 0)
		return fail(fd);
	return fd;
}

int seam_connect(const char *local, uint16_t local_port, const char *remote, uint16_t remote_port)
{
	struct sockaddr_un sun = { .sun_family = AF_UNIX };
	int fd = new_socket(), n;

	if (fd < 0)
		return fd;
	n = snprintf(sun.sun_path + 1, sizeof(sun.sun_path) - 1, PREFIX " %s %u %s %u %d.%d", local,
		     local_port, remote,
		     remote_port, getpid(), fd);
	if (bind(fd, (struct sockaddr *)&sun, offsetof(struct sockaddr_un, sun_path) + 1 + n) < 0)
		return fail(fd);
	path_of(&sun, remote, remote_port);
	if (connect(fd, (struct sockaddr *)&sun, sizeof(sun)) < 0)
		return fail(fd);
	return fd;
}

/* Addresses in the name of whichever end connected; swapped at the end that accepted. */
static bool addresses(int fd, struct sockaddr_in *local, struct sockaddr_in *remote)
{
	int (*get[2])(int, struct sockaddr *, socklen_t *) = {
		dlsym(RTLD_NEXT, "getsockname"), dlsym(RTLD_NEXT, "getpeername") };
	struct sockaddr_in *to[2] = { local, remote };
	char host[2][20];
	unsigned int port[2];

	for (int end = 0; end < 2; end++) {
		struct sockaddr_un sun = { 0 };
		socklen_t len = sizeof(sun) - 1;

		if (get[end](fd, (struct sockaddr *)&sun, &len) < 0 || sun.sun_family != AF_UNIX)
			continue;
		if (sscanf(sun.sun_path + 1, PREFIX " %19s %u %19s %u", host[0], &port[0], host[1],
			   &port[1]) != 4)
			continue;
		for (int i = 0; i < 2; i++) {
			*to[i ^ end] = (struct sockaddr_in){ .sin_family = AF_INET,
							     .sin_port = htons(port[i]) };
			inet_pton(AF_INET, host[i], &to[i ^ end]->sin_addr);
		}
		return true;
	}
	return false;
}

static int give(const struct sockaddr_in *sin, struct sockaddr *addr, socklen_t *len)
{
	memcpy(addr, sin, *len < sizeof(*sin) ? *len : sizeof(*sin));
	*len = sizeof(*sin);
	return 0;
}

int getsockname(int fd, struct sockaddr *addr, socklen_t *len)
{
	int (*real)(int, struct sockaddr *, socklen_t *) = dlsym(RTLD_NEXT, "getsockname");
	struct sockaddr_in local, remote;

	return is_seam(fd) && addresses(fd, &local, &remote) ? give(&local, addr, len) :
		real(fd, addr, len);
}

int getpeername(int fd, struct sockaddr *addr, socklen_t *len)
{
	int (*real)(int, struct sockaddr *, socklen_t *) = dlsym(RTLD_NEXT, "getpeername");
	struct sockaddr_in local, remote;

	return is_seam(fd) && addresses(fd, &local, &remote) ? give(&remote, addr, len) :
		real(fd, addr, len);
}

int setsockopt(int fd, int level, int option, const void *value, socklen_t len)
{
	int (*real)(int, int, int, const void *, socklen_t) = dlsym(RTLD_NEXT, "setsockopt");

	return level == IPPROTO_SCTP && is_seam(fd) ? 0 : real(fd, level, option, value, len);
}

int getsockopt(int fd, int level, int option, void *value, socklen_t *len)
{
	int (*real)(int, int, int, void *, socklen_t *) = dlsym(RTLD_NEXT, "getsockopt");

	if (level != IPPROTO_SCTP || option != SCTP_STATUS || !is_seam(fd))
		return real(fd, level, option, value, len);
	*(struct sctp_status *)value = (struct sctp_status){ .sstat_instrms = 10,
							     .sstat_outstrms = 10 };
	return 0;
}

typedef int open_fn(uint16_t family, uint16_t type, uint8_t proto, const char **local_hosts,
		    size_t local_cnt,
		    uint16_t local_port, const char **remote_hosts, size_t remote_cnt,
			    uint16_t remote_port,
		    unsigned int flags);

int osmo_sock_init2_multiaddr(uint16_t family, uint16_t type, uint8_t proto,
			      const char **local_hosts,
			      size_t local_cnt, uint16_t local_port, const char **remote_hosts,
				      size_t remote_cnt,
			      uint16_t remote_port, unsigned int flags)
{
	open_fn *real = (open_fn *)dlsym(RTLD_NEXT, "osmo_sock_init2_multiaddr");

	if (!dir[0])
		return real(family, type, proto, local_hosts, local_cnt, local_port, remote_hosts,
			    remote_cnt,
			    remote_port, flags);
	if (flags & OSMO_SOCK_F_CONNECT)
		return seam_connect(local_hosts[0], local_port, remote_hosts[0], remote_port);
	return seam_listen(local_hosts[0], local_port);
}

int sctp_send(int fd, const void *msg, size_t len, const struct sctp_sndrcvinfo *info, int flags)
{
	int (*real)(int, const void *, size_t, const struct sctp_sndrcvinfo *, int) =
		dlsym(RTLD_NEXT, "sctp_send");
	struct seam_header h;
	struct iovec iov[2] = { { &h, sizeof(h) }, { (void *)msg, len } };
	struct msghdr m = { .msg_iov = iov, .msg_iovlen = 2 };
	ssize_t n;

	if (!is_seam(fd))
		return real(fd, msg, len, info, flags);
	h = (struct seam_header){ info->sinfo_ppid, info->sinfo_stream, SEAM_EOR };
	n = sendmsg(fd, &m, MSG_NOSIGNAL);
	return n < 0 ? n : n - (ssize_t)sizeof(h);
}

int sctp_recvmsg(int fd, void *msg, size_t len, struct sockaddr *from, socklen_t *from_len,
		 struct sctp_sndrcvinfo *info, int *flags)
{
	int (*real)(int, void *, size_t, struct sockaddr *, socklen_t *, struct sctp_sndrcvinfo *,
		    int *) =
		dlsym(RTLD_NEXT, "sctp_recvmsg");
	struct seam_header h = { 0 };
	struct iovec iov[2] = { { &h, sizeof(h) }, { msg, len } };
	struct msghdr m = { .msg_iov = iov, .msg_iovlen = 2 };
	ssize_t n;

	if (!is_seam(fd))
		return real(fd, msg, len, from, from_len, info, flags);
	n = recvmsg(fd, &m, *flags);
	*flags = (h.flags & SEAM_EOR ? MSG_EOR : 0) | (h.flags & SEAM_NOTIFICATION ?
						       MSG_NOTIFICATION : 0);
	if (info)
		*info = (struct sctp_sndrcvinfo){ .sinfo_ppid = h.ppid, .sinfo_stream = h.stream };
	return n <= 0 ? n : n - (ssize_t)sizeof(h);
}
