/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is this M3UA message fit to be read at all? Asked of each message before anything else sees it.
 * Pure. */
#ifndef TOLLGATE_GW_M3UA_CHECK_H
#define TOLLGATE_GW_M3UA_CHECK_H

#include <stddef.h>
#include <stdint.h>

/* Why a message is refused. Rows of m3ua_fault_name(), and of the counters of each association. */
enum m3ua_fault {
	M3UA_GOOD,
	/* shorter than a header, longer than M3UA_MAX_MSG, or in parts */
	M3UA_FAULT_SIZE,
	M3UA_FAULT_PPID,		/* SCTP payload protocol is not M3UA's */
	M3UA_FAULT_VERSION,
	M3UA_FAULT_LENGTH,		/* length field and octets received differ */
	M3UA_FAULT_CLASS,		/* unknown class, or registration, which is not supported */
	M3UA_FAULT_TYPE,
	M3UA_FAULT_PARAMETERS,		/* a parameter exceeds the message, or there are too many */
	M3UA_FAULT_PARAMETER_LENGTH,	/* a known parameter has an impossible length */
	M3UA_FAULT_REPEATED,		/* a parameter that may be there only once */
	M3UA_FAULT_MISSING,		/* a mandatory parameter */
	M3UA_FAULT_STATE,		/* DATA or SSNM while the ASP is not active */
	M3UA_FAULT_CONTEXT,		/* routing context of no AS of this ASP */
	M3UA_FAULT_APPEARANCE,		/* another network appearance */
	M3UA_FAULT_USER,		/* service indicator other than ISUP */
	M3UA_FAULT_DESTINATION,		/* point code that is not ours: no transit */
	M3UA_FAULT_UNEXPECTED,		/* not for our role */
	M3UA_FAULTS,
};

/* The message without SCTP's part: everything that can be seen from its octets. */
enum m3ua_fault m3ua_check(const uint8_t *msg, size_t len);
const char *m3ua_fault_name(enum m3ua_fault fault);
/* Error code of the ERROR message that answers it (RFC 4666 3.8.1), or 0: no answer. */
uint32_t m3ua_fault_error(enum m3ua_fault fault);

#endif
