/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Address prefixes, and how well a SIP trunk group fits the source of a request. */
#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "config/internal.h"
#include "config/match.h"

enum { V4_BITS = 96 };	/* of ::ffff:0:0/96, RFC 4291 2.5.5.2 */

static const uint8_t v4_prefix[V4_BITS / 8] = { [10] = 0xff, [11] = 0xff };

/* "::/0" does not cover IPv4. */
static bool covers(const struct config_prefix *p, const uint8_t octets[16])
{
	unsigned int whole = p->octet_bits / 8, rest = p->octet_bits % 8;

	if (p->octet_bits < V4_BITS && memcmp(octets, v4_prefix, sizeof(v4_prefix)) == 0)
		return false;
	if (memcmp(p->octets, octets, whole) != 0)
		return false;
	return rest == 0 || ((p->octets[whole] ^ octets[whole]) >> (8 - rest)) == 0;
}

/* 128, 32, or 0 for what is no address. */
static unsigned int parse(uint8_t octets[16], const char *host)
{
	if (inet_pton(AF_INET6, host, octets) == 1)
		return 128;
	memcpy(octets, v4_prefix, sizeof(v4_prefix));
	return inet_pton(AF_INET, host, octets + sizeof(v4_prefix)) == 1 ? 32 : 0;
}

void config_target_set_host(struct config_target *g, char *host)
{
	g->host = host;
	g->numeric = parse(g->octets, host) != 0;
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
	*p = (struct config_prefix){ .octet_bits = 128 };
	p->bits = parse(p->octets, host);
	if (p->bits == 0)
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

unsigned int config_trunk_accepts(const struct config_trunk *t, const struct config_source *from)
{
	bool its_port = t->local_port && t->local_port == from->local_port;
	bool target_port = false;
	unsigned int i;
	int best = -1;

	if (t->type != CONFIG_TRUNK_SIP || (t->local_port && from->local_port && !its_port))
		return 0;
	for (i = 0; i < t->n_targets; i++) {
		if (!t->targets[i].numeric || memcmp(t->targets[i].octets, from->octets, 16) != 0)
			continue;
		best = 128;
		target_port = target_port || t->targets[i].port == from->port;
	}
	for (i = 0; i < t->n_accept; i++) {
		if ((int)t->accept[i].octet_bits > best && covers(&t->accept[i], from->octets))
			best = t->accept[i].octet_bits;
	}
	return best < 0 ? 0 : 4 * (best + 1) + 2 * its_port + target_port;
}
