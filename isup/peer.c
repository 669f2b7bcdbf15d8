/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The exchanges at the other end: directory of their circuits, and sending to them. */
#include <errno.h>

#include "isup/dialect.h"
#include "isup/processes.h"

static uint32_t peer_key(uint32_t opc, uint32_t dpc, uint8_t ni)
{
	return dpc ^ opc << 14 ^ (uint32_t)ni << 28;
}

struct isup_peer *isup_peer_find(const struct isup_stack *s, const void *mtp, uint32_t opc,
				 uint32_t dpc, uint8_t ni)
{
	struct isup_peer *p;

	hash_for_each_possible(s->peers, p, node, peer_key(opc, dpc, ni)) {
		if (p->mtp == mtp && p->opc == opc && p->dpc == dpc && p->ni == ni)
			return p;
	}
	return NULL;
}

/* The peer of a group to be, made if it is the first; NULL without memory. */
struct isup_peer *isup_peer_get(struct isup_stack *s, const struct isup_group_cfg *cfg)
{
	struct isup_peer *p = isup_peer_find(s, cfg->mtp, cfg->opc, cfg->dpc, cfg->ni);
	unsigned int n_cics;

	if (p)
		return p;
	n_cics = 1u << cfg->dialect->cic_bits;
	p = talloc_zero_size(s, sizeof(*p) + n_cics / ISUP_PAGE * sizeof(p->pages[0]));
	if (!p)
		return NULL;
	talloc_set_name_const(p, "struct isup_peer");
	if (cfg->dialect->group_twice)
		p->firsts = isup_firsts_new(p);
	if (cfg->dialect->group_twice && !p->firsts) {
		talloc_free(p);
		return NULL;
	}
	p->stack = s;
	p->mtp = cfg->mtp;
	p->n_cics = n_cics;
	p->opc = cfg->opc;
	p->dpc = cfg->dpc;
	p->ni = cfg->ni;
	INIT_LLIST_HEAD(&p->groups);
	INIT_LLIST_HEAD(&p->ranged);
	isup_load_init(p);
	hash_add(s->peers, &p->node, peer_key(p->opc, p->dpc, p->ni));
	return p;
}

/* 0, -EEXIST, -ENOMEM. */
int isup_peer_add_circuit(struct isup_peer *p, struct isup_circuit *c)
{
	struct isup_circuit ***page = &p->pages[c->cic / ISUP_PAGE];

	if (!*page)
		*page = talloc_zero_array(p, struct isup_circuit *, ISUP_PAGE);
	if (!*page)
		return -ENOMEM;
	if ((*page)[c->cic % ISUP_PAGE])
		return -EEXIST;
	(*page)[c->cic % ISUP_PAGE] = c;
	return 0;
}

struct isup_circuit *isup_peer_circuit(const struct isup_peer *p, unsigned int cic)
{
	if (cic >= p->n_cics || !p->pages[cic / ISUP_PAGE])
		return NULL;
	return p->pages[cic / ISUP_PAGE][cic % ISUP_PAGE];
}

/* The first circuit whose CIC is cic or above, or NULL. */
struct isup_circuit *isup_peer_next(const struct isup_peer *p, unsigned int cic)
{
	while (cic < p->n_cics) {
		struct isup_circuit **page = p->pages[cic / ISUP_PAGE];

		if (!page)
			cic = (cic / ISUP_PAGE + 1) * ISUP_PAGE;
		else if (page[cic % ISUP_PAGE])
			return page[cic % ISUP_PAGE];
		else
			cic++;
	}
	return NULL;
}

/* The group that speaks for the peer where no circuit does. A peer is made with its first group. */
struct isup_group *isup_peer_group(const struct isup_peer *p)
{
	return llist_first_entry(&p->groups, struct isup_group, peer_entry);
}

static int transmit(struct isup_group *g, const struct isup_msg *m, const uint8_t *sdu, size_t len)
{
	struct isup_stack *s = g->stack;
	struct isup_msg decoded;
	uint16_t cic = len >= 2 ? sdu[0] | sdu[1] << 8 : 0;
	int rc;

	if (s->ops.trace) {
		if (!m && isup_decode(&decoded, g->cfg.dialect, sdu, len, NULL) == 0)
			m = &decoded;
		s->ops.trace(s->ops_ctx, g, true, m, sdu, len, NULL);
	}
	/* one signalling link selection a circuit keeps its messages in order (Q.704) */
	rc = s->ops.transfer(s->ops_ctx, g, cic & 0xf, sdu, len);
	s->counters[rc < 0 ? ISUP_CTR_TX_FAILED : ISUP_CTR_TX]++;
	if (rc < 0)
		LOGP(s->log_cat, LOGL_INFO, "%s/%u: message not taken by MTP (%d)\n", g->cfg.name,
		     cic, rc);
	return rc;
}

static int send_encoded(struct isup_group *g, const struct isup_msg *m)
{
	uint8_t buf[ISUP_MAX_OCTETS];
	ssize_t len = isup_encode(buf, sizeof(buf), m);

	if (len < 0) {
		LOGP(g->stack->log_cat, LOGL_ERROR, "%s/%u: %s cannot be encoded (%zd)\n",
		     g->cfg.name, m->cic, isup_mt_name(m->dialect, m->type), len);
		return len;
	}
	return transmit(g, m, buf, len);
}

/* Send a message that belongs to the peer or a range of its circuits. 0 or -errno. */
int isup_peer_send(struct isup_peer *p, const struct isup_msg *m)
{
	struct isup_circuit *c = isup_peer_circuit(p, m->cic);

	return send_encoded(c ? c->group : isup_peer_group(p), m);
}

/* Send octets that are encoded already; m is what they mean, or NULL. 0 or -errno. */
int isup_circuit_transmit(struct isup_circuit *c, const struct isup_msg *m, const uint8_t *sdu,
			  size_t len)
{
	return transmit(c->group, m, sdu, len);
}

/* Send a message that has nothing but its type. 0 or -errno. */
int isup_circuit_send(struct isup_circuit *c, uint8_t type)
{
	struct isup_msg m;

	isup_init(&m, c->group->cfg.dialect, type, c->cic);
	return send_encoded(c->group, &m);
}

/* A cause this exchange makes itself. */
void isup_cause_init(struct isup_cause *cause, const struct isup_group *g, uint8_t value)
{
	*cause = (struct isup_cause){
		.location = g->cfg.location ? g->cfg.location : 2,
		.value = value,
	};
}

/* Send a message whose content is a cause: REL, CFN, RLC. 0 or -errno. */
int isup_peer_send_cause(struct isup_peer *p, uint8_t type, uint16_t cic,
			 const struct isup_cause *cause)
{
	const struct isup_mt_row *row;
	struct isup_msg m;

	isup_init(&m, isup_peer_group(p)->cfg.dialect, type, cic);
	row = isup_mt_row(m.dialect, type);
	/* ANSI's RLC says nothing but that it is one */
	if (row && (row->optional || isup_mandatory_rank(row, ISUP_P_CAUSE) >= 0))
		isup_set(&m, ISUP_P_CAUSE, cause);
	return isup_peer_send(p, &m);
}
