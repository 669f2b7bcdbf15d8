/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the values of fields mean that only ANSI ISUP has (T1.113.3). */
#include "isup/names.h"

const struct isup_name isup_names_ansi_address[] = {
	{ 0, "dialled number" }, { 1, "destination number" },
	{ 2, "supplemental user provided calling address, failed screening" },
	{ 3, "supplemental user provided calling address, not screened" },
	{ 4, "completion number" }, { 192, "ported number" }, { 0, NULL },
};
const struct isup_name isup_names_ansi_segmentation[] = {
	{ 0, "no indication" }, { 1, "additional information was received and added to the IAM" },
	{ 0, NULL },
};
const struct isup_name isup_names_carrier_plan[] = {
	{ 0, "unknown" }, { 1, "3-digit carrier identification" },
	{ 2, "4-digit carrier identification" }, { 0, NULL },
};
const struct isup_name isup_names_carrier_selection[] = {
	{ 0, "no indication" }, { 1, "presubscribed, not input by caller" },
	{ 2, "presubscribed, input by caller" }, { 3, "presubscribed, input unknown" },
	{ 4, "not presubscribed, input by caller" }, { 0, NULL },
};
const struct isup_name isup_names_charge_nai[] = {
	{ 1, "ANI of the calling party, subscriber number" },
	{ 2, "ANI not available or not provided" },
	{ 3, "ANI of the calling party, national number" },
	{ 5, "ANI of the called party, subscriber number" },
	{ 6, "ANI of the called party, no number present" },
	{ 7, "ANI of the called party, national number" }, { 0, NULL },
};
const struct isup_name isup_names_oli[] = {
	{ 0, "plain old telephone service" }, { 1, "multiparty line" }, { 2, "ANI failure" },
	{ 6, "station level rating" }, { 7, "special operator handling" },
	{ 20, "automatic identified outward dialling" }, { 23, "coin or non-coin" },
	{ 24, "toll free service" }, { 25, "toll free service from a payphone" },
	{ 27, "payphone with network coin control" }, { 29, "prison or inmate service" },
	{ 30, "intercept, blank" }, { 31, "intercept, trouble" }, { 32, "intercept, regular" },
	{ 34, "operator handled" }, { 52, "outward WATS" }, { 60, "TRS, unrestricted line" },
	{ 61, "cellular, type 1" }, { 62, "cellular, type 2" }, { 63, "cellular, roaming" },
	{ 66, "TRS, hotel" }, { 67, "TRS, restricted line" },
	{ 70, "payphone without network coin control" }, { 93, "private virtual network" },
	{ 0, NULL },
};
const struct isup_name isup_names_name_type[] = {
	{ 1, "calling name" }, { 2, "original called name" }, { 3, "redirecting name" },
	{ 4, "connected name" }, { 0, NULL },
};
const struct isup_name isup_names_name_available[] = {
	{ 0, "name available or availability unknown" }, { 1, "name not available" }, { 0, NULL },
};
const struct isup_name isup_names_name_presentation[] = {
	{ 0, "presentation allowed" }, { 1, "presentation restricted" }, { 2, "blocking toggle" },
	{ 3, "no indication" }, { 0, NULL },
};
const struct isup_name isup_names_carrier_type[] = {
	{ 0, "unknown" }, { 1, "analogue" }, { 2, "digital" }, { 3, "digital and analogue" },
	{ 0, NULL },
};
const struct isup_name isup_names_seizure_control[] = {
	{ 0, "none" }, { 1, "odd circuits" }, { 2, "even circuits" }, { 3, "all circuits" },
	{ 0, NULL },
};
const struct isup_name isup_names_alarm_carrier[] = {
	{ 0, "unknown" }, { 1, "software" }, { 2, "hardware" }, { 3, "spare" }, { 0, NULL },
};
const struct isup_name isup_names_check_requirement[] = {
	{ 0, "unknown" }, { 1, "none" }, { 2, "statistical" }, { 3, "per call" }, { 0, NULL },
};
const struct isup_name isup_names_validation[] = {
	{ 0, "failure" }, { 1, "success" }, { 0, NULL },
};
const struct isup_name isup_names_party[] = {
	{ 0, "no indication" }, { 1, "calling party number" }, { 2, "called party number" },
	{ 3, "connected party number" }, { 4, "redirecting number" },
	{ 5, "original called number" }, { 0, NULL },
};
const struct isup_name isup_names_privileges_type[] = {
	{ 0, "fixed line privileges" }, { 1, "customer defined line privileges" }, { 0, NULL },
};
const struct isup_name isup_names_group_id_type[] = {
	{ 0, "multi-location business group" }, { 1, "interworking with private networks" },
	{ 0, NULL },
};
const struct isup_name isup_names_attendant[] = {
	{ 0, "no indication" }, { 1, "attendant line" }, { 0, NULL },
};
const struct isup_name isup_names_special_processing[] = {
	{ 127, "service processing requested" }, { 0, NULL },
};
