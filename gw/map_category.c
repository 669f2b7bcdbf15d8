/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: calling party's category and the cpc parameter (TS 24.229 7.2A.12; the words that it does
 * not have are those of older drafts, taken and said as others do). */
#include "gw/map_caller.h"
#include "isup/names.h"

enum cpc {
	CPC_NONE, CPC_UNKNOWN, CPC_ORDINARY, CPC_OPERATOR, CPC_OPERATOR_FR, CPC_OPERATOR_EN,
	CPC_OPERATOR_DE, CPC_OPERATOR_RU, CPC_OPERATOR_ES, CPC_PRIORITY, CPC_DATA, CPC_TEST,
	CPC_PAYPHONE, CPC_MOBILE_HPLMN, CPC_MOBILE_VPLMN, CPC_EMERGENCY,
};

static const struct map_choice choices[] = {
	{ CPC_NONE, "none", "not told" },
	{ CPC_UNKNOWN, "unknown", "cpc=unknown" },
	{ CPC_ORDINARY, "ordinary", "cpc=ordinary" },
	{ CPC_OPERATOR, "operator", "cpc=operator" },
	{ CPC_OPERATOR_FR, "operator-fr", "cpc=operator, Accept-Language: fr" },
	{ CPC_OPERATOR_EN, "operator-en", "cpc=operator, Accept-Language: en" },
	{ CPC_OPERATOR_DE, "operator-de", "cpc=operator, Accept-Language: de" },
	{ CPC_OPERATOR_RU, "operator-ru", "cpc=operator, Accept-Language: ru" },
	{ CPC_OPERATOR_ES, "operator-es", "cpc=operator, Accept-Language: es" },
	{ CPC_PRIORITY, "priority", "cpc=priority" },
	{ CPC_DATA, "data", "cpc=data" },
	{ CPC_TEST, "test", "cpc=test" },
	{ CPC_PAYPHONE, "payphone", "cpc=payphone" },
	{ CPC_MOBILE_HPLMN, "mobile-hplmn", "cpc=mobile-hplmn" },
	{ CPC_MOBILE_VPLMN, "mobile-vplmn", "cpc=mobile-vplmn" },
	{ CPC_EMERGENCY, "emergency", "cpc=emergency" },
	{ 0 }
};

static const struct { const char *word, *language; } texts[] = {
	[CPC_UNKNOWN] = { "unknown" }, [CPC_ORDINARY] = { "ordinary" },
	[CPC_OPERATOR] = { "operator" }, [CPC_OPERATOR_FR] = { "operator", "fr" },
	[CPC_OPERATOR_EN] = { "operator", "en" }, [CPC_OPERATOR_DE] = { "operator", "de" },
	[CPC_OPERATOR_RU] = { "operator", "ru" }, [CPC_OPERATOR_ES] = { "operator", "es" },
	[CPC_PRIORITY] = { "priority" }, [CPC_DATA] = { "data" }, [CPC_TEST] = { "test" },
	[CPC_PAYPHONE] = { "payphone" }, [CPC_MOBILE_HPLMN] = { "mobile-hplmn" },
	[CPC_MOBILE_VPLMN] = { "mobile-vplmn" }, [CPC_EMERGENCY] = { "emergency" },
};

#define A(category, word, clause) \
	{ category, NULL, NULL, { CPC_ ## word, CPC_ ## word, CPC_ ## word, CPC_ ## word }, clause }

static const struct map_row category_rows[] = {
	A(0, UNKNOWN, "TS 24.229"), A(1, OPERATOR_FR, "TS 24.229, recalled"),
	A(2, OPERATOR_EN, "TS 24.229, recalled"), A(3, OPERATOR_DE, "TS 24.229, recalled"),
	A(4, OPERATOR_RU, "TS 24.229, recalled"), A(5, OPERATOR_ES, "TS 24.229, recalled"),
	A(9, OPERATOR, "TS 24.229"), A(10, NONE, "TS 24.229: ordinary; so is who has none"),
	A(11, PRIORITY, "practice"), A(12, DATA, "practice"), A(13, TEST, "TS 24.229"),
	A(14, NONE, "IEPS: Resource-Priority, if anything"), A(15, PAYPHONE, "TS 24.229"),
	A(16, MOBILE_HPLMN, "TS 24.229"), A(17, MOBILE_VPLMN, "TS 24.229"),
	A(224, EMERGENCY, "T1.113, TS 24.229"), A(225, EMERGENCY, "T1.113, TS 24.229"),
};

#define B(word, token, what, category, clause) \
	{ CPC_ ## word, token, what, { category, category, category, category }, clause }

static const struct map_row cpc_rows[] = {
	B(UNKNOWN, "unknown", "cpc=unknown", 0, "TS 24.229"),
	B(ORDINARY, "ordinary", "cpc=ordinary", 10, "TS 24.229"),
	B(OPERATOR, "operator", "cpc=operator", 9, "TS 24.229"),
	B(OPERATOR_FR, "operator-fr", "the same, Accept-Language: fr", 1, "TS 24.229, recalled"),
	B(OPERATOR_EN, "operator-en", "the same, Accept-Language: en", 2, "TS 24.229, recalled"),
	B(OPERATOR_DE, "operator-de", "the same, Accept-Language: de", 3, "TS 24.229, recalled"),
	B(OPERATOR_RU, "operator-ru", "the same, Accept-Language: ru", 4, "TS 24.229, recalled"),
	B(OPERATOR_ES, "operator-es", "the same, Accept-Language: es", 5, "TS 24.229, recalled"),
	B(PRIORITY, "priority", "cpc=priority", 11, "practice"),
	B(DATA, "data", "cpc=data", 12, "practice"),
	B(TEST, "test", "cpc=test", 13, "TS 24.229"),
	B(PAYPHONE, "payphone", "cpc=payphone", 15, "TS 24.229"),
	B(MOBILE_HPLMN, "mobile-hplmn", "cpc=mobile-hplmn", 16, "TS 24.229"),
	B(MOBILE_VPLMN, "mobile-vplmn", "cpc=mobile-vplmn", 17, "TS 24.229"),
	B(EMERGENCY, "emergency", "cpc=emergency", 11, "TS 24.229; T1.113 has 224"),
};

static const char *category_name(uint16_t category)
{
	const char *name = isup_name_of(isup_names_category, category);

	return name ? name : "";
}

const struct map_table map_table_category = {
	.name = "category",
	.title = "calling party's category -> cpc parameter (Q.763 3.11, TS 24.229 7.2A.12)",
	.key_title = "category", .value_title = "parameter",
	.rows = category_rows, .n_rows = ARRAY_SIZE(category_rows), .choices = choices,
	.key_min = 0, .key_max = UINT8_MAX, .otherwise_clause = "not standardized",
	.key_name = category_name,
};

const struct map_table map_table_cpc = {
	.name = "cpc",
	.title = "cpc parameter -> calling party's category (TS 24.229 7.2A.12, Q.763 3.11)",
	.key_title = "parameter", .value_title = "category",
	.rows = cpc_rows, .n_rows = ARRAY_SIZE(cpc_rows), .max = UINT8_MAX,
	.value_name = category_name,
};

/* The first of the languages that the caller would hear. */
static struct span first_language(const char *accept_language)
{
	struct span rest = span_of(accept_language), language = span_until(&rest, ',');

	language = span_trim(span_until(&language, ';'));
	return span_until(&language, '-');
}

bool map_category_of(uint8_t *category, struct span cpc, const char *accept_language,
		     const struct map_profile *p)
{
	struct span language = first_language(accept_language);
	size_t i, found = CPC_NONE;

	for (i = CPC_UNKNOWN; i < ARRAY_SIZE(texts); i++) {
		if (!span_is(cpc, texts[i].word))
			continue;
		if (!texts[i].language || span_is(language, texts[i].language))
			found = i;
	}
	if (found == CPC_NONE)
		return false;
	*category = map_rule(p, MAP_T_CPC, found);
	return true;
}

const char *map_cpc_of(const char **ret_language, uint8_t category, const struct map_profile *p)
{
	uint16_t cpc = map_rule(p, MAP_T_CATEGORY, category);

	*ret_language = texts[cpc].language;
	return texts[cpc].word;
}
