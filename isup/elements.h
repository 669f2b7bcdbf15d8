/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Information elements of Q.931: those in access transport, and the bearer capability that user
 * service information is (Q.763 3.3, 3.57). */
#ifndef TOLLGATE_ISUP_ELEMENTS_H
#define TOLLGATE_ISUP_ELEMENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum isup_element_id {
	ISUP_IE_BEARER = 0x04,
	ISUP_IE_CAUSE = 0x08,
	ISUP_IE_FACILITY = 0x1c,
	ISUP_IE_PROGRESS = 0x1e,
	ISUP_IE_NOTIFICATION = 0x27,
	ISUP_IE_DISPLAY = 0x28,
	ISUP_IE_KEYPAD = 0x2c,
	ISUP_IE_CONNECTED_SUBADDRESS = 0x4c,
	ISUP_IE_CALLING = 0x6c,
	ISUP_IE_CALLING_SUBADDRESS = 0x6d,
	ISUP_IE_CALLED = 0x70,
	ISUP_IE_CALLED_SUBADDRESS = 0x71,
	ISUP_IE_LLC = 0x7c,		/* low layer compatibility */
	ISUP_IE_HLC = 0x7d,		/* high layer compatibility */
	ISUP_IE_USER_USER = 0x7e,
};

/* octets: the contents without identifier and length. An element of a single octet has none, its
 * identifier has bit 8. */
struct isup_element {
	uint8_t codeset, id, len;
	const uint8_t *octets;
};

/* Begin with a walk of the octets and their number, the rest 0. */
struct isup_element_walk {
	const uint8_t *octets;
	size_t len, at;
	uint8_t codeset, next_codeset;
};

/* The next element; false at the end, and where an element is cut. Shifts are followed. */
bool isup_element_next(struct isup_element *ret, struct isup_element_walk *w);
/* The first element of codeset 0 with this identifier. */
bool isup_element_find(struct isup_element *ret, const uint8_t *octets, size_t len, uint8_t id);

/* Bearer capability, octets 3 to 5. multiplier: 0 unless the rate is multirate. layer1: 0 when
 * octet 5 is not there; 2 mu-law, 3 A-law. */
struct isup_bearer { uint8_t coding, capability, mode, rate, multiplier, layer1; };
/* false: too short. */
bool isup_bearer(struct isup_bearer *ret, const uint8_t *octets, size_t len);

#endif
