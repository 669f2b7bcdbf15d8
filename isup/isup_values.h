/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values of ISUP parameters (Q.763 clause 3): one struct a form, members named as the standard
 * names the field. */
#ifndef TOLLGATE_ISUP_VALUES_H
#define TOLLGATE_ISUP_VALUES_H

#include <stdbool.h>
#include <stdint.h>

enum { ISUP_MAX_DIGITS = 32, ISUP_MAX_DIAG = 30, ISUP_MAX_STATUS = 32, ISUP_MAX_DATA = 255 };

/* Contents that are not ours to read: access transport, user service information, remote operations
 * ... */
struct isup_octets {
	uint8_t n;
	uint8_t octet[ISUP_MAX_DATA];
};

/* Every number parameter (3.9 called, 3.10 calling, 3.16 connected, 3.26 generic, 3.39 original
 * called ...). Fields a parameter does not have are 0. digits: '0'-'9', 'B' code 11, 'C' code 12,
 * 'F' ST, 'A' 'D' 'E' spare. */
struct isup_number {
	/* nature of address: 1 subscriber, 2 unknown, 3 national, 4 international ... */
	uint8_t nai;
	uint8_t npi;			/* numbering plan: 1 E.164 */
	/* called: internal network number not allowed; calling: NI, number incomplete */
	uint8_t inn;
	/* presentation: 0 allowed, 1 restricted, 2 address not available */
	uint8_t apri;
	/* screening: 0 not verified, 1 verified passed, 2 failed, 3 network */
	uint8_t si;
	uint8_t qualifier;		/* generic number only */
	char digits[ISUP_MAX_DIGITS + 1];
};

/* Cause indicators (3.12). value is Q.850's, without the extension bit. */
struct isup_cause {
	uint8_t coding;			/* 0 ITU-T */
	uint8_t location;
	uint8_t recommendation;		/* octet 1a, 0 when absent */
	uint8_t value;
	uint8_t n_diag;
	uint8_t diag[ISUP_MAX_DIAG];
};

struct isup_octet { uint8_t value; };	/* category, TMR, hop counter, facility indicator ... */
struct isup_u16 { uint16_t value; };	/* propagation delay counter, call history: ms */

struct isup_nci { uint8_t satellite, continuity, echo; };
struct isup_fci {
	uint8_t international, e2e_method, interworking, e2e_info, isup_all_the_way,
		isup_preference;
	uint8_t isdn_access, sccp_method, ported_translated, qor, national;
};
struct isup_bci {
	uint8_t charge, called_status, called_category, e2e_method, interworking, e2e_info,
		isup_all_the_way;
	uint8_t holding, isdn_access, echo, sccp_method;
};
struct isup_obci { uint8_t in_band, diversion, segmentation, mlpp, national; };
struct isup_ofci { uint8_t cug, segmentation, colp; };
struct isup_event { uint8_t event, restricted; };
struct isup_suspend { uint8_t network; };
struct isup_continuity { uint8_t success; };
struct isup_supervision { uint8_t type; };	/* 0 maintenance, 1 hardware failure */

/* Redirection information (3.45). count and reason are 0 when octet 2 is absent. */
struct isup_redirection { uint8_t indicator, original_reason, has_octet2, count, reason; };

/* Range and status (3.43). range is circuits - 1. */
struct isup_range {
	uint8_t range;
	uint8_t n_status;		/* octets; 0 in GRS, CQM, CQR */
	uint8_t status[ISUP_MAX_STATUS];	/* bit 0 of octet 0 is the message's own CIC */
};

struct isup_call_reference { uint32_t identity, point_code; };	/* 3.8 */
struct isup_point_code { uint32_t point_code; };	/* 3.40, 3.50 */
struct isup_cug { uint16_t network, code; };		/* 3.15; network: four BCD digits */
struct isup_mlpp { uint8_t level, look_ahead; uint16_t network; uint32_t domain; };	/* 3.34 */

/* Connection request (3.17): the last two octets may be absent. */
struct isup_connection_request {
	uint32_t reference, point_code;
	uint8_t has_class, protocol_class, has_credit, credit;
};

struct isup_info_request { uint8_t calling, holding, category, charge, mcid; };	/* 3.28 */
struct isup_info { uint8_t calling, hold, category, charge, unsolicited; };	/* 3.27 */
struct isup_uui { uint8_t discriminator; struct isup_octets data; };		/* 3.61 */
/* 3.60 */
struct isup_uui_indicators { uint8_t response, service1, service2, service3, discarded; };
struct isup_notification { uint8_t indicator; };	/* 3.25, the first one */
struct isup_diversion { uint8_t notification, reason; };	/* 3.6 */
struct isup_echo { uint8_t out_device, in_device, out_request, in_request; };	/* 3.19 */
struct isup_mcid { uint8_t mcid, holding; };		/* 3.31, 3.32 */
struct isup_loop { uint8_t response, indicator; };	/* 3.67 */
struct isup_uid { uint8_t through_connect, t9; };	/* 3.78, 3.79 */
struct isup_circuit_map { uint8_t type; struct isup_octets data; };		/* 3.69 */
struct isup_digits { uint8_t encoding, type; struct isup_octets data; };	/* 3.24 */
/* 3.88 */
struct isup_geodetic { uint8_t presentation, screening, shape; struct isup_octets data; };

/* Message compatibility information (3.33), its first octet. */
struct isup_message_compat { uint8_t end_node, release, notify, discard, pass_on, broadband; };

/* Instructions for one parameter in parameter compatibility information (3.41). pass_on: when
 * passing on is not possible, 0 release, 1 discard message, 2 discard parameter. broadband: 0 when
 * its octet is absent. */
struct isup_par_compat {
	uint8_t end_node, release, notify, discard_message, discard, pass_on, broadband;
};

#endif
