/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In front of the stack's resolver: when no name server can be sent to, for want of a route or of
 * descriptors, the library tries one after the other without end, and the gateway stands still.
 * Peers bring such names: a Contact, a Route. The stack calls sres_query() by its dynamic symbol,
 * of which this one comes first; NULL lets the request fail at once. */
#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <sofia-resolv/sres.h>

#include "gw/sip_dialog.h"

static bool can_send(int family, const struct sockaddr *to, socklen_t len)
{
	int fd = socket(family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	bool ok = fd >= 0 && connect(fd, to, len) == 0;

	if (fd >= 0)
		close(fd);
	return ok;
}

/* Without a route a datagram socket cannot be connected. */
static bool can_reach(const char *server)
{
	struct sockaddr_in four = { .sin_family = AF_INET, .sin_port = htons(53) };
	struct sockaddr_in6 six = { .sin6_family = AF_INET6, .sin6_port = htons(53) };

	if (inet_pton(AF_INET, server, &four.sin_addr) == 1)
		return can_send(AF_INET, (struct sockaddr *)&four, sizeof(four));
	if (inet_pton(AF_INET6, server, &six.sin6_addr) == 1)
		return can_send(AF_INET6, (struct sockaddr *)&six, sizeof(six));
	return false;
}

/* Where the library looks for name servers. */
const char *sip_dns_file(void)
{
	const char *path = getenv("SRES_RESOLV_CONF");

	return path ? path : "/etc/resolv.conf";
}

/* One of the name servers in the file; 127.0.0.1 when it names none, as the library has it. */
bool sip_dns_reachable(const char *path)
{
	FILE *f = fopen(path, "re");
	char line[256], server[64];
	bool some = false, ok = false;

	if (!f)
		return errno == ENOENT && can_reach("127.0.0.1");
	while (!ok && fgets(line, sizeof(line), f)) {
		if (sscanf(line, " nameserver %63[0-9a-fA-F:.]", server) != 1)
			continue;
		some = true;
		ok = can_reach(server);
	}
	fclose(f);
	return some ? ok : can_reach("127.0.0.1");
}

typedef sres_query_t *query_f(sres_resolver_t *res, sres_answer_f *callback,
			      sres_context_t *context, uint16_t type, char const *domain);

sres_query_t *sres_query(sres_resolver_t *res, sres_answer_f *callback, sres_context_t *context,
			 uint16_t type, char const *domain)
{
	query_f *proper = (query_f *)dlsym(RTLD_NEXT, "sres_query");

	if (!proper || !sip_dns_reachable(sip_dns_file())) {
		errno = ENETUNREACH;
		return NULL;
	}
	return proper(res, callback, context, type, domain);
}
