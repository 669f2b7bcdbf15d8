# SPDX-License-Identifier: GPL-3.0-or-later
include gw/mtp.mk
include gw/pure.mk
include gw/sip.mk
include gw/media.mk
include gw/core.mk
include gw/exchange/local.mk
include gw/records.mk
