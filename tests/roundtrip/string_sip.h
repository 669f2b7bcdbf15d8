/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A SIP edge (gw/sip.h) between two gateways in one process: what one sends is what the other gets,
 * value by value, in order, without a network. */
#ifndef TOLLGATE_TESTS_STRING_SIP_H
#define TOLLGATE_TESTS_STRING_SIP_H

/* Both ends have this address for each other. */
#define STRING_PEER "192.0.2.40"

/* Delivers what is under way; how many messages that was. */
unsigned int string_sip_run(void);
/* Names of the messages since the last call: "INVITE 183 INFO ...", for a test to look at. */
const char *string_sip_said(void);

#endif
