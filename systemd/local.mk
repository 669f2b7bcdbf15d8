# SPDX-License-Identifier: GPL-3.0-or-later
# The service with its sandbox, its user, its directories and the rotation of its call records.
EXTRA_DIST += systemd/tollgate.service.in
CLEANFILES += systemd/tollgate.service

systemd/tollgate.service: systemd/tollgate.service.in Makefile
	$(AM_V_GEN)$(MKDIR_P) systemd && $(SED) -e 's|@sbindir[@]|$(sbindir)|g' -e 's|@sysconfdir[@]|$(sysconfdir)|g' \
		-e 's|@localstatedir[@]|$(localstatedir)|g' $(srcdir)/systemd/tollgate.service.in >$@.tmp && mv $@.tmp $@

sysusersdir = $(prefix)/lib/sysusers.d
tmpfilesdir = $(prefix)/lib/tmpfiles.d
logrotatedir = $(sysconfdir)/logrotate.d
dist_logrotate_DATA = systemd/logrotate.d/tollgate

if INSTALL_UNITS
systemdsystemunit_DATA = systemd/tollgate.service
dist_sysusers_DATA = systemd/sysusers.d/tollgate.conf
dist_tmpfiles_DATA = systemd/tmpfiles.d/tollgate.conf
else
noinst_DATA = systemd/tollgate.service
EXTRA_DIST += systemd/sysusers.d/tollgate.conf systemd/tmpfiles.d/tollgate.conf
endif
