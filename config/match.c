/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Address prefixes, and which SIP trunk group takes a request by the address it comes from. */
#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "config/internal.h"

enum { V4_BITS = 96 };	/* of ::ffff:0:0/96, RFC 4291 2.5.5.2 */

static bool covers(const struct config_prefix *p, const uint8_t octets[16])
{
	unsigned int whole = p->octet_bits / 8, rest = p->octet_bits % 8;

	if (memcmp(p->octets, octets, whole) != 0)
		return false;
	return rest == 0 || ((p->octets[whole] ^ octets[whole]) >> (8 - rest)) == 0;
}

bool config_prefix_of_host(struct config_prefix *p, const char *host)
{
	*p = (struct config_prefix){ .octet_bits = 128 };
	if (inet_pton(AF_INET6, host, p->octets) == 1) {
		p->bits = 128;
		return true;
	}
	p->octets[10] = p->octets[11] = 0xff;
	p->bits = 32;
	return inet_pton(AF_INET, host, p->octets + 12) == 1;
}

/* No bit may be set behind the prefix: "192.0.2.1/24" is a slip. */
static bool clean(const struct config_prefix *p)
{
	unsigned int i;

	for (i = p->octet_bits; i < 128; i++) {
		if (p->octets[i / 8] & 0x80 >> i % 8)
			return false;
	}
	return true;
}

int config_prefix_parse(struct config_prefix *p, const char *text)
{
	size_t len = strcspn(text, "/");
	char host[INET6_ADDRSTRLEN];
	unsigned long bits;
	char *end;

	if (len >= sizeof(host))
		return -EINVAL;
	memcpy(host, text, len);
	host[len] = '\0';
	if (!config_prefix_of_host(p, host))
		return -EINVAL;
	if (!text[len])
		return 0;
	bits = strtoul(text + len + 1, &end, 10);
	if (*end || strspn(text + len + 1, "0123456789") == 0 || bits > p->bits)
		return -EINVAL;
	p->octet_bits = p->bits == 32 ? V4_BITS + bits : bits;
	p->bits = bits;
	return clean(p) ? 0 : -EINVAL;
}

/* Length of the longest of its prefixes that covers the address, -1 when none does. */
static int covered(const struct config_trunk *t, const uint8_t octets[16])
{
	struct config_prefix host;
	unsigned int i;
	int best = -1;

	for (i = 0; i < t->n_targets; i++) {
		if (config_prefix_of_host(&host, t->targets[i].host) && covers(&host, octets))
			return 128;
	}
	for (i = 0; i < t->n_accept; i++) {
		if ((int)t->accept[i].octet_bits > best && covers(&t->accept[i], octets))
			best = t->accept[i].octet_bits;
	}
	return best;
}

struct config_trunk *config_trunk_accepting(const struct config *c, const char *address,
					    uint16_t local_port)
{
	struct config_trunk *t, *best = NULL;
	struct config_prefix from;
	int len, best_len = -1;

	if (!config_prefix_of_host(&from, address))
		return NULL;
	llist_for_each_entry(t, &c->trunks, list) {
		if (t->type != CONFIG_TRUNK_SIP || (t->local_port && t->local_port != local_port))
			continue;
		len = covered(t, from.octets);
		if (len < 0 || len < best_len ||
		    (len == best_len && (!t->local_port || best->local_port)))
			continue;
		best = t;
		best_len = len;
	}
	return best;
}
