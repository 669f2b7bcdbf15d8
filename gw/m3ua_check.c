/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The guard: form of M3UA messages by table (RFC 4666 clause 3), so that no reader behind it meets
 * a malformed one. */
#include <stdbool.h>

#include <osmocom/core/bit32gen.h>
#include <osmocom/core/utils.h>
#include <osmocom/sigtran/protocol/m3ua.h>

#include "gw/m3ua_check.h"
#include "gw/m3ua_msg.h"

enum { MAX_PARS = 16 };

/* Lengths a parameter's value may have; unknown parameters are bound by the message alone. */
static const struct {
	uint16_t tag;
	uint16_t min, max;
	bool words;		/* a list of 32 bit values */
} par_rules[] = {
	{ M3UA_IEI_INFO_STRING,		 0, 255 },
	{ M3UA_IEI_ROUTE_CTX,		 4, 512, true },
	{ M3UA_IEI_HEARDBT_DATA,	 0, 1024 },
	{ M3UA_IEI_TRAF_MODE_TYP,	 4, 4 },
	{ M3UA_IEI_ERR_CODE,		 4, 4 },
	{ M3UA_IEI_STATUS,		 4, 4 },
	{ M3UA_IEI_ASP_ID,		 4, 4 },
	{ M3UA_IEI_AFFECTED_PC,		 4, 1024, true },
	{ M3UA_IEI_CORR_ID,		 4, 4 },
	{ M3UA_IEI_NET_APPEAR,		 4, 4 },
	{ M3UA_IEI_USER_CAUSE,		 4, 4 },
	{ M3UA_IEI_CONG_IND,		 4, 4 },
	{ M3UA_IEI_CONC_DEST,		 4, 4 },
	{ M3UA_IEI_PROT_DATA,		13, 12 + M3UA_MAX_SDU },
};

/* Messages there are, and the parameters they cannot do without. Registration (class 9) is not
 * among them. */
static const struct {
	uint8_t cls, type;
	uint16_t must[2];
} msg_rules[] = {
	{ M3UA_MSGC_MGMT,  M3UA_MGMT_ERR,		{ M3UA_IEI_ERR_CODE } },
	{ M3UA_MSGC_MGMT,  M3UA_MGMT_NTFY,		{ M3UA_IEI_STATUS } },
	{ M3UA_MSGC_XFER,  M3UA_XFER_DATA,		{ M3UA_IEI_PROT_DATA } },
	{ M3UA_MSGC_SNM,   M3UA_SNM_DUNA,		{ M3UA_IEI_AFFECTED_PC } },
	{ M3UA_MSGC_SNM,   M3UA_SNM_DAVA,		{ M3UA_IEI_AFFECTED_PC } },
	{ M3UA_MSGC_SNM,   M3UA_SNM_DAUD,		{ M3UA_IEI_AFFECTED_PC } },
	{ M3UA_MSGC_SNM,   M3UA_SNM_SCON,		{ M3UA_IEI_AFFECTED_PC } },
	{ M3UA_MSGC_SNM,   M3UA_SNM_DUPU,	{ M3UA_IEI_AFFECTED_PC, M3UA_IEI_USER_CAUSE } },
	{ M3UA_MSGC_SNM,   M3UA_SNM_DRST,		{ M3UA_IEI_AFFECTED_PC } },
	{ M3UA_MSGC_ASPSM, M3UA_ASPSM_UP },
	{ M3UA_MSGC_ASPSM, M3UA_ASPSM_DOWN },
	{ M3UA_MSGC_ASPSM, M3UA_ASPSM_BEAT },
	{ M3UA_MSGC_ASPSM, M3UA_ASPSM_UP_ACK },
	{ M3UA_MSGC_ASPSM, M3UA_ASPSM_DOWN_ACK },
	{ M3UA_MSGC_ASPSM, M3UA_ASPSM_BEAT_ACK },
	{ M3UA_MSGC_ASPTM, M3UA_ASPTM_ACTIVE },
	{ M3UA_MSGC_ASPTM, M3UA_ASPTM_INACTIVE },
	{ M3UA_MSGC_ASPTM, M3UA_ASPTM_ACTIVE_ACK },
	{ M3UA_MSGC_ASPTM, M3UA_ASPTM_INACTIVE_ACK },
};

static const struct {
	const char *name;
	uint32_t error;
} faults[M3UA_FAULTS] = {
	[M3UA_GOOD]			= { "good" },
	[M3UA_FAULT_SIZE]		= { "size",		M3UA_ERR_PROTOCOL_ERR },
	[M3UA_FAULT_PPID]		= { "ppid" },
	[M3UA_FAULT_VERSION]		= { "version",		M3UA_ERR_INVALID_VERSION },
	[M3UA_FAULT_LENGTH]		= { "length",		M3UA_ERR_PROTOCOL_ERR },
	[M3UA_FAULT_CLASS]		= { "class",		M3UA_ERR_UNSUPP_MSG_CLASS },
	[M3UA_FAULT_TYPE]		= { "type",		M3UA_ERR_UNSUPP_MSG_TYPE },
	[M3UA_FAULT_PARAMETERS]		= { "parameters",	M3UA_ERR_PARAM_FIELD_ERR },
	[M3UA_FAULT_PARAMETER_LENGTH]	= { "parameter-length",	M3UA_ERR_PARAM_FIELD_ERR },
	[M3UA_FAULT_REPEATED]		= { "repeated",		M3UA_ERR_UNEXP_PARAM },
	[M3UA_FAULT_MISSING]		= { "missing",		M3UA_ERR_MISSING_PARAM },
	[M3UA_FAULT_STATE]		= { "state",		M3UA_ERR_UNEXPECTED_MSG },
	[M3UA_FAULT_CONTEXT]		= { "routing-context",	M3UA_ERR_INVAL_ROUT_CTX },
	[M3UA_FAULT_APPEARANCE]		= { "appearance",	M3UA_ERR_INVAL_NET_APPEAR },
	[M3UA_FAULT_USER]		= { "user" },
	[M3UA_FAULT_DESTINATION]	= { "destination" },
	[M3UA_FAULT_UNEXPECTED]		= { "unexpected",	M3UA_ERR_UNEXPECTED_MSG },
};

const char *m3ua_fault_name(enum m3ua_fault fault)
{
	return (unsigned int)fault < M3UA_FAULTS ? faults[fault].name : "?";
}

uint32_t m3ua_fault_error(enum m3ua_fault fault)
{
	return (unsigned int)fault < M3UA_FAULTS ? faults[fault].error : 0;
}

static bool par_fits(const struct m3ua_par *par)
{
	for (size_t i = 0; i < ARRAY_SIZE(par_rules); i++) {
		if (par_rules[i].tag == par->tag)
			return par->len >= par_rules[i].min && par->len <= par_rules[i].max &&
			       !(par_rules[i].words && par->len % 4);
	}
	return true;
}

static bool has_tag(const uint16_t *tags, unsigned int n, uint16_t tag)
{
	while (n--) {
		if (tags[n] == tag)
			return true;
	}
	return false;
}

/* Each parameter has a possible length and is there once; *tags are those found. */
static enum m3ua_fault check_pars(const uint8_t *msg, size_t len, uint16_t *tags, unsigned int *n)
{
	struct m3ua_walk w;
	struct m3ua_par par;

	m3ua_walk_init(&w, msg, len);
	for (*n = 0; m3ua_walk_next(&w, &par); tags[(*n)++] = par.tag) {
		if (*n == MAX_PARS)
			return M3UA_FAULT_PARAMETERS;
		if (!par_fits(&par))
			return M3UA_FAULT_PARAMETER_LENGTH;
		if (has_tag(tags, *n, par.tag))
			return M3UA_FAULT_REPEATED;
	}
	return w.bad ? M3UA_FAULT_PARAMETERS : M3UA_GOOD;
}

/* Row of this message, or -1 with *fault set. */
static int find_rule(uint8_t cls, uint8_t type, enum m3ua_fault *fault)
{
	*fault = M3UA_FAULT_CLASS;
	for (size_t i = 0; i < ARRAY_SIZE(msg_rules); i++) {
		if (msg_rules[i].cls != cls)
			continue;
		if (msg_rules[i].type == type)
			return i;
		*fault = M3UA_FAULT_TYPE;
	}
	return -1;
}

/* The last parameter's padding may be left out of the length field, 3.1.4. */
static bool length_agrees(uint32_t field, size_t len)
{
	return field == len || (field >= M3UA_HEADER && field < len && len - field < 4 &&
				len % 4 == 0);
}

enum m3ua_fault m3ua_check(const uint8_t *msg, size_t len)
{
	uint16_t tags[MAX_PARS];
	unsigned int n;
	enum m3ua_fault fault;
	int rule;

	if (len < M3UA_HEADER || len > M3UA_MAX_MSG)
		return M3UA_FAULT_SIZE;
	if (msg[0] != M3UA_VERSION)
		return M3UA_FAULT_VERSION;
	if (!length_agrees(osmo_load32be(msg + 4), len))
		return M3UA_FAULT_LENGTH;
	rule = find_rule(msg[2], msg[3], &fault);
	if (rule < 0)
		return fault;
	fault = check_pars(msg, len, tags, &n);
	if (fault != M3UA_GOOD)
		return fault;
	for (size_t i = 0; i < ARRAY_SIZE(msg_rules[rule].must); i++) {
		if (msg_rules[rule].must[i] && !has_tag(tags, n, msg_rules[rule].must[i]))
			return M3UA_FAULT_MISSING;
	}
	return M3UA_GOOD;
}
