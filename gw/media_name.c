/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Endpoint names of a gateway by its pattern (RFC 3435 3.2.1.3 and appendix E). */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "gw/media_mgcp.h"

/* A term that is only "*" or "$" asks for any. */
bool media_name_is_any(const char *pattern)
{
	size_t len = strcspn(pattern, "@");

	for (size_t i = 0; i < len; i++) {
		bool starts = i == 0 || pattern[i - 1] == '/';
		bool ends = i + 1 == len || pattern[i + 1] == '/';

		if (starts && ends && strchr("*$", pattern[i]))
			return true;
	}
	return false;
}

/* "" of a pattern that ends in "@", or has none, is filled with the domain. */
static const char *domain_of(const char *pattern, const char *domain)
{
	const char *at = strchr(pattern, '@');

	return at && at[1] ? at + 1 : domain;
}

int media_name_endpoint(char *buf, size_t size, const char *pattern, const char *domain,
			uint16_t cic)
{
	size_t len = 0;

	for (const char *p = pattern; *p && *p != '@' && len < size; p++) {
		unsigned int n = cic;

		if (*p != '%') {
			buf[len++] = *p;
			continue;
		}
		p++;
		if (*p == 'p')
			n = cic / 32;
		else if (*p == 't')
			n = cic % 32;
		else if (*p != 'c')
			return -EINVAL;
		len += snprintf(buf + len, size - len, "%u", n);
	}
	if (len < size)
		len += snprintf(buf + len, size - len, "@%s", domain_of(pattern, domain));
	return len < size ? (int)len : -ENOSPC;
}

int media_name_all(char *buf, size_t size, const char *pattern, const char *domain)
{
	size_t end = strcspn(pattern, "@");
	size_t var = strcspn(pattern, "%*$");
	int len;

	if (var >= end)
		return -ENOENT;
	while (var && pattern[var - 1] != '/')
		var--;
	len = snprintf(buf, size, "%.*s*@%s", (int)var, pattern, domain_of(pattern, domain));
	return (size_t)len < size ? len : -ENOSPC;
}
