/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of the call control primitives. */
#include "gw/cc.h"

static const char *const names[] = {
	[CC_SETUP] = "SETUP", [CC_ADDRESS] = "ADDRESS", [CC_PROGRESS] = "PROGRESS",
	[CC_ALERT] = "ALERT",
	[CC_CONNECT] = "CONNECT", [CC_RELEASE] = "RELEASE", [CC_SUSPEND] = "SUSPEND",
	[CC_RESUME] = "RESUME",
	[CC_INFO] = "INFO", [CC_MEDIA] = "MEDIA", [CC_MEDIA_ANSWER] = "MEDIA-ANSWER",
	[CC_HOLD] = "HOLD",
};

const char *cc_type_name(enum cc_type type)
{
	return (unsigned int)type < sizeof(names) / sizeof(names[0]) ? names[type] : "?";
}
