/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: numbers, identity and indicators - what gw/map_number.c, map_calling.c and their
 * neighbours share. */
#ifndef TOLLGATE_GW_MAP_IDENT_H
#define TOLLGATE_GW_MAP_IDENT_H

#include "gw/map_parts.h"

/* --- map_indicator.c: rows of the table of indicators --- */
enum map_indicator {
	MAP_I_SATELLITES, MAP_I_ECHO,
	MAP_I_FCI_INTERNATIONAL, MAP_I_FCI_E2E_METHOD, MAP_I_FCI_INTERWORKING, MAP_I_FCI_E2E_INFO,
	MAP_I_FCI_ALL_THE_WAY, MAP_I_FCI_PREFERENCE, MAP_I_FCI_ACCESS, MAP_I_FCI_SCCP_METHOD,
	MAP_I_CATEGORY, MAP_I_MEDIUM,
	MAP_I_BCI_CHARGE, MAP_I_BCI_CATEGORY, MAP_I_BCI_INTERWORKING, MAP_I_BCI_ALL_THE_WAY,
	MAP_I_BCI_HOLDING, MAP_I_BCI_ACCESS, MAP_I_BCI_ECHO,
	MAP_I_LOCATION, MAP_I_LOCATION_SIP,
};
/* Of an IAM without an IAM behind it; called: the number as it will be sent. */
struct isup_fci map_make_fci(const struct cc_setup *s, const struct isup_number *called,
			     const struct map_profile *p);
/* The trunk group's own is added to what the call has behind it; the table's when there is no IAM
 * that says it. */
struct isup_nci map_make_nci(const struct cc_setup *s, bool from_isup,
			     const struct map_profile *p);
/* Of an ACM or CON without one behind it; status: called party's status. */
struct isup_bci map_make_bci(uint8_t status, const struct map_profile *p);

#endif
