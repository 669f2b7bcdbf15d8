/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: causes and statuses, both ways, as the standard prints them. */
#include "gw/map_parts.h"

enum { STATUS_DEFAULT = 500, CAUSE_DEFAULT = 31, CAUSE_REJECTED = 21, STATUS_DECLINE = 603,
       CAUSE_REDIRECTION = 23 };

/* Q.850 cause of a REL -> status of our final response (RFC 3398 7.2.4.1); what is not here is
 * 500 (same clause). */
static const struct { uint8_t cause; uint16_t status; const char *clause; } causes[] = {
	/* normal events */
	{   1, 404, "7.2.4.1" }, {   2, 404, "7.2.4.1" }, {   3, 404, "7.2.4.1" },
	{  16, 480, "7.2.4.1 has BYE or CANCEL only; where a response must be" },
	{  17, 486, "7.2.4.1" }, {  18, 408, "7.2.4.1" }, {  19, 480, "7.2.4.1" },
	{  20, 480, "7.2.4.1" },
	{  21, 403, "7.2.4.1; 603 when the location is user" },
	{  22, 410, "7.2.4.1; 301 when the diagnostic has a number" },
	{  23, 410, "7.2.4.1" },
	{  26, 404, "7.2.4.1 (ANSI)" },
	{  27, 502, "7.2.4.1" }, {  28, 484, "7.2.4.1" }, {  29, 501, "7.2.4.1" },
	{  31, 480, "7.2.4.1" },
	/* resource unavailable */
	{  34, 503, "7.2.4.1" }, {  38, 503, "7.2.4.1" }, {  41, 503, "7.2.4.1" },
	{  42, 503, "7.2.4.1" },
	{  44, 503, "7.2.4.1 has another circuit instead; when there is none left" },
	{  47, 503, "7.2.4.1" },
	/* service or option not available */
	{  55, 403, "7.2.4.1" }, {  57, 403, "7.2.4.1" }, {  58, 503, "7.2.4.1" },
	/* service or option not implemented */
	{  65, 488, "7.2.4.1" }, {  70, 488, "7.2.4.1" }, {  79, 501, "7.2.4.1" },
	/* invalid message */
	{  87, 403, "7.2.4.1" }, {  88, 503, "7.2.4.1" },
	/* protocol error, interworking */
	{ 102, 504, "7.2.4.1" }, { 111, 500, "7.2.4.1" }, { 127, 500, "7.2.4.1" },
};

/* Status of a final response -> Q.850 cause of our REL (RFC 3398 8.2.6.1); what is not here is
 * 31 (same clause). */
static const struct { uint16_t status; uint8_t cause; const char *clause; } statuses[] = {
	{ 400,  41, "8.2.6.1" }, { 401,  21, "8.2.6.1" }, { 402,  21, "8.2.6.1" },
	{ 403,  21, "8.2.6.1" }, { 404,   1, "8.2.6.1" }, { 405,  63, "8.2.6.1" },
	{ 406,  79, "8.2.6.1" }, { 407,  21, "8.2.6.1" },
	{ 408, 102, "8.2.6.1; no response at all: 18 (8.1.3)" },
	{ 410,  22, "8.2.6.1" }, { 413, 127, "8.2.6.1" }, { 414, 127, "8.2.6.1" },
	{ 415,  79, "8.2.6.1" }, { 416, 127, "8.2.6.1" }, { 420, 127, "8.2.6.1" },
	{ 421, 127, "8.2.6.1" }, { 423, 127, "8.2.6.1" }, { 480,  18, "8.2.6.1" },
	{ 481,  41, "8.2.6.1" }, { 482,  25, "8.2.6.1" }, { 483,  25, "8.2.6.1" },
	{ 484,  28, "8.2.6.1" }, { 485,   1, "8.2.6.1" }, { 486,  17, "8.2.6.1" },
	{ 488,  31, "8.2.6.1; 65 when a Warning speaks of the bearer" },
	{ 500,  41, "8.2.6.1" }, { 501,  79, "8.2.6.1" }, { 502,  38, "8.2.6.1" },
	{ 503,  41, "8.2.6.1" }, { 504, 102, "8.2.6.1" },
	{ 505, 127, "8.2.6.1, printed there as a second 504" },
	{ 513, 127, "8.2.6.1" }, { 600,  17, "8.2.6.1" }, { 603,  21, "8.2.6.1" },
	{ 604,   1, "8.2.6.1" },
	{ 606,  31, "8.2.6.1; 65 when a Warning speaks of the bearer" },
};

static bool overridden(uint16_t *status, uint8_t cause, const struct map_profile *p)
{
	unsigned int i;

	for (i = 0; p && i < p->n_overrides && i < MAP_MAX_CAUSE_ROWS; i++) {
		if (p->overrides[i].cause != cause)
			continue;
		*status = p->overrides[i].status;
		return true;
	}
	return false;
}

uint16_t map_cause_to_status(uint8_t cause, uint8_t location, const struct map_profile *p)
{
	uint16_t status;
	size_t i;

	if (overridden(&status, cause, p))
		return status;
	if (cause == CAUSE_REJECTED && location == LOCATION_USER)
		return STATUS_DECLINE;
	for (i = 0; i < ARRAY_SIZE(causes); i++)
		if (causes[i].cause == cause)
			return causes[i].status;
	return STATUS_DEFAULT;
}

uint8_t map_status_to_cause(int status)
{
	size_t i;

	if (status >= 300 && status < 400)
		return CAUSE_REDIRECTION;	/* RFC 3398 8.1.6: where it is not followed */
	for (i = 0; i < ARRAY_SIZE(statuses); i++)
		if (statuses[i].status == status)
			return statuses[i].cause;
	return CAUSE_DEFAULT;
}

const char *map_cause_row(unsigned int i, uint8_t *cause, uint16_t *status)
{
	if (i >= ARRAY_SIZE(causes))
		return NULL;
	*cause = causes[i].cause;
	*status = causes[i].status;
	return causes[i].clause;
}

const char *map_status_row(unsigned int i, uint16_t *status, uint8_t *cause)
{
	if (i >= ARRAY_SIZE(statuses))
		return NULL;
	*status = statuses[i].status;
	*cause = statuses[i].cause;
	return statuses[i].clause;
}
