/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The meaning of Q.931's information elements, and of the parameters that are made like them. */
#include "isup/elements.h"
#include "isup/explain.h"

static const struct isup_name elements[] = {
	{ ISUP_IE_BEARER, "bearer capability" }, { ISUP_IE_CAUSE, "cause" },
	{ ISUP_IE_FACILITY, "facility" }, { ISUP_IE_PROGRESS, "progress indicator" },
	{ ISUP_IE_NOTIFICATION, "notification indicator" }, { ISUP_IE_DISPLAY, "display" },
	{ 0x29, "date/time" }, { ISUP_IE_KEYPAD, "keypad facility" }, { 0x34, "signal" },
	{ ISUP_IE_CALLING, "calling party number" },
	{ ISUP_IE_CALLING_SUBADDRESS, "calling party subaddress" },
	{ ISUP_IE_CALLED, "called party number" },
	{ ISUP_IE_CALLED_SUBADDRESS, "called party subaddress" },
	{ 0x74, "redirecting number" }, { 0x78, "transit network selection" },
	{ ISUP_IE_LLC, "low layer compatibility" }, { ISUP_IE_HLC, "high layer compatibility" },
	{ ISUP_IE_USER_USER, "user-user" }, { 0xa0, "more data" }, { 0xa1, "sending complete" },
	{ 0, NULL },
};
static const struct isup_name capabilities[] = {
	{ 0, "speech" }, { 8, "unrestricted digital information" },
	{ 9, "restricted digital information" }, { 16, "3.1 kHz audio" },
	{ 17, "unrestricted digital information with tones" }, { 24, "video" }, { 0, NULL },
};
static const struct isup_name rates[] = {
	{ 0, "packet mode" }, { 16, "64 kbit/s" }, { 17, "2 x 64 kbit/s" }, { 19, "384 kbit/s" },
	{ 21, "1536 kbit/s" }, { 23, "1920 kbit/s" }, { 24, "multirate" }, { 0, NULL },
};
static const struct isup_name modes[] = { { 0, "circuit" }, { 2, "packet" }, { 0, NULL } };
static const struct isup_name layers1[] = {
	{ 1, "V.110" }, { 2, "G.711 mu-law" }, { 3, "G.711 A-law" }, { 4, "G.721 ADPCM" },
	{ 5, "H.221 and H.242" }, { 6, "H.223 and H.245" }, { 7, "non-ITU-T rate adaption" },
	{ 8, "V.120" }, { 9, "X.31 flag stuffing" }, { 0, NULL },
};
static const struct isup_name progresses[] = {
	{ 1, "call is not end-to-end ISDN" }, { 2, "destination address is non-ISDN" },
	{ 3, "origination address is non-ISDN" }, { 4, "call has returned to the ISDN" },
	{ 5, "interworking has resulted in a service change" },
	{ 8, "in-band information or an appropriate pattern available" }, { 0, NULL },
};
static const struct isup_name high_layers[] = {
	{ 1, "telephony" }, { 4, "facsimile group 2 and 3" }, { 33, "facsimile group 4 class I" },
	{ 36, "facsimile group 4 class II and III" }, { 49, "teletex" }, { 50, "videotex" },
	{ 53, "telex" }, { 56, "message handling systems" }, { 65, "OSI application" },
	{ 94, "maintenance" }, { 95, "management" }, { 96, "audio visual" }, { 0, NULL },
};
static const struct isup_name subaddress_types[] = {
	{ 0, "NSAP" }, { 2, "user specified" }, { 0, NULL },
};
enum { IA5_AFI = 0x50 };

static const char *named(const struct isup_name *names, uint32_t value)
{
	const char *name = isup_name_of(names, value);

	return name ? name : "spare";
}

void isup_explain_bearer(struct isup_explain *x, const uint8_t *octets, size_t len)
{
	struct isup_bearer b;

	if (!isup_bearer(&b, octets, len))
		return;
	if (b.coding)
		isup_explain_line(x, "coding: %s", named(isup_names_coding, b.coding));
	isup_explain_line(x, "capability: %s", named(capabilities, b.capability));
	isup_explain_line(x, "mode and rate: %s, %s", named(modes, b.mode), named(rates, b.rate));
	if (b.multiplier)
		isup_explain_line(x, "multiplier: %u x 64 kbit/s", b.multiplier);
	if (b.layer1)
		isup_explain_line(x, "layer 1: %s", named(layers1, b.layer1));
}

void isup_explain_hlc(struct isup_explain *x, const uint8_t *octets, size_t len)
{
	if (len >= 2)
		isup_explain_line(x, "high layer: %s", named(high_layers, octets[1] & 0x7f));
}

static void progress(struct isup_explain *x, const uint8_t *octets, size_t len)
{
	if (len < 2)
		return;
	isup_explain_line(x, "location: %s", named(isup_names_location, octets[0] & 15));
	isup_explain_line(x, "progress: %s", named(progresses, octets[1] & 0x7f));
}

static void notification(struct isup_explain *x, const uint8_t *octets, size_t len)
{
	if (len)
		isup_explain_line(x, "notification: %s",
				  named(isup_names_notification, octets[0] & 0x7f));
}

static void cause(struct isup_explain *x, const uint8_t *octets, size_t len)
{
	if (len < 2)
		return;
	isup_explain_line(x, "location: %s", named(isup_names_location, octets[0] & 15));
	isup_explain_line(x, "cause: %u %s", octets[len > 2 && !(octets[0] & 0x80) ? 2 : 1] & 0x7f,
			  isup_cause_name(octets[len > 2 && !(octets[0] & 0x80) ? 2 : 1] & 0x7f));
}

/* Q.931 4.5.9: digits of the user's in IA5 after their own identifier, or what it may be. */
static void subaddress(struct isup_explain *x, const uint8_t *octets, size_t len)
{
	if (!len)
		return;
	isup_explain_line(x, "type: %s", named(subaddress_types, octets[0] >> 4 & 7));
	if (len > 2 && octets[1] == IA5_AFI && !(octets[0] & 0x70))
		isup_explain_text(x, "subaddress", octets + 2, len - 2);
	else
		isup_explain_hex(x, "subaddress", octets + 1, len - 1);
}

static void display(struct isup_explain *x, const uint8_t *octets, size_t len)
{
	/* an octet of type may come first */
	size_t skip = len && octets[0] & 0x80 ? 1 : 0;

	isup_explain_text(x, "text", octets + skip, len - skip);
}

static void number(struct isup_explain *x, const uint8_t *octets, size_t len)
{
	size_t skip = 1;

	while (skip <= len && !(octets[skip - 1] & 0x80))
		skip++;
	if (skip < len)
		isup_explain_text(x, "digits", octets + skip, len - skip);
}

static const struct {
	uint8_t id;
	void (*explain)(struct isup_explain *x, const uint8_t *octets, size_t len);
} contents[] = {
	{ ISUP_IE_BEARER, isup_explain_bearer }, { ISUP_IE_LLC, isup_explain_bearer },
	{ ISUP_IE_HLC, isup_explain_hlc }, { ISUP_IE_PROGRESS, progress },
	{ ISUP_IE_NOTIFICATION, notification }, { ISUP_IE_CAUSE, cause },
	{ ISUP_IE_CALLING_SUBADDRESS, subaddress }, { ISUP_IE_CALLED_SUBADDRESS, subaddress },
	{ ISUP_IE_DISPLAY, display }, { ISUP_IE_KEYPAD, display },
	{ ISUP_IE_CALLING, number }, { ISUP_IE_CALLED, number },
};

void isup_explain_elements(struct isup_explain *x, const uint8_t *octets, size_t len)
{
	struct isup_element_walk w = { .octets = octets, .len = len };
	struct isup_element e;

	while (isup_element_next(&e, &w)) {
		if (e.codeset) {
			isup_explain_line(x, "element 0x%02x of codeset %u", e.id, e.codeset);
			continue;
		}
		isup_explain_line(x, "element 0x%02x: %s", e.id, named(elements, e.id));
		for (size_t i = 0; i < sizeof(contents) / sizeof(contents[0]); i++)
			if (contents[i].id == e.id)
				contents[i].explain(x, e.octets, e.len);
	}
}
