# SPDX-License-Identifier: GPL-3.0-or-later
"""The calls of the lab: what is done, what the ladder must show, what the record must say."""
import audio
import sipp


class Call:
    """play(lab) raises Failed, and may give a note for the table of results. ladder: messages that must be seen at the gateway in this
    order ("isup>" comes to it, "isup<" goes out). shows: what must be read beside it. record: fields of the call record, of which there
    are `records`. malformed: some messages are so on purpose."""

    def __init__(self, name, title, play, ladder, record, records=1, malformed=False, shows=()):
        self.name, self.title, self.play, self.ladder, self.record, self.records = name, title, play, ladder, record, records
        self.malformed, self.shows = malformed, shows


def pstn_sip_answered(lab):
    ua = lab.uas("uas-answered", sipp.uas(["180", "wait 300", "200sdp", "BYE"]))
    lab.placed(lab.place("+4989123456", "+4930765432", "call-answer"))
    lab.finished(ua)


def sip_pstn_early_media(lab):
    ua = lab.uac("uac-early", sipp.uac(["INVITE", "183", "183?", "180?", "200", "ACK", "wait 500", "BYE"]), "+4930183000")
    lab.finished(ua)


def pstn_sip_busy(lab):
    ua = lab.uas("uas-busy", sipp.uas(["486"]))
    lab.placed(lab.place("+4989123456", "+4930765432", "call-busy"))
    lab.finished(ua)


def sip_pstn_busy(lab):
    lab.finished(lab.uac("uac-busy", sipp.uac(["INVITE", "180?", "486", "ACKFAIL"]), "+4930486000"))


def sip_pstn_unknown(lab):
    lab.finished(lab.uac("uac-unknown", sipp.uac(["INVITE", "404", "ACKFAIL"]), "+4930404000"))


def pstn_no_route(lab):
    lab.placed(lab.place("+4977123456", "+4930765432", "call-release 3"))


def pstn_gives_up(lab):
    ua = lab.uas("uas-cancelled", sipp.uas_cancelled())
    lab.placed(lab.place("+4989123456", "+4930765432", "call-cancel"))
    lab.finished(ua)


def sip_gives_up(lab):
    lab.finished(lab.uac("uac-cancel", sipp.uac(["INVITE", "180", "wait 300", "CANCEL", "487", "ACKFAIL"]), "+4930180000"))


def suspend_resume(lab):
    iam = sipp.iam("30500000", "88555")
    ua = lab.uac("uac-suspend", sipp.uac(["INVITE", "180", "200", "ACK", "INFO", "INFO", "wait 300", "BYE"], iam),
                 "+4930500000", "+4988555", "127.0.0.12")
    lab.finished(ua)


def libss7_to_sip(lab):
    ua = lab.uas("uas-libss7", sipp.uas(["180", "wait 200", "200sdp", "BYE"]))
    at = len(lab.log_text("libss7"))
    lab.ss7.stdin.write(b"call 3 89123456 40765432\n")
    lab.ss7.stdin.flush()
    lab.wait_log("libss7", "ANM cic 3", 20, at)
    lab.ss7.stdin.write(b"rel 3 16\n")
    lab.ss7.stdin.flush()
    lab.wait_log("libss7", "RLC cic 3", 20, at)
    lab.finished(ua)


def sip_to_libss7(lab):
    at = len(lab.log_text("libss7"))
    lab.finished(lab.uac("uac-libss7", sipp.uac(["INVITE", "183?", "180?", "200", "ACK", "wait 300", "BYE"]), "+4940112233"))
    lab.wait_log("libss7", "called 40112233", 5, at)


DIGITS, IMS, BRIDGE = "127.0.0.15", "127.0.0.16", "127.0.0.21"
HISTORY = ("History-Info: <sip:+493077001@127.0.0.1>;index=1, <sip:+493077002@127.0.0.1;cause=486>;index=1.1;mp=1, "
           "<sip:+498312345@127.0.0.16;cause=408>;index=1.1.1;mp=1.1, <sip:+498399999@127.0.0.16;cause=302>;index=1.1.1.1;mp=1.1.1\n")
EARLY = "P-Early-Media: supported\n"
ASSERTED = "P-Asserted-Identity: <sip:+498399999@127.0.0.16;user=phone>\n"


def digits_collected(lab):
    """The peer takes whole numbers."""
    ua = lab.uas("uas-collected", sipp.uas(["180", "wait 200", "200sdp", "BYE"]))
    lab.placed(lab.place("+4989123456", "+4930765432", "digits"))
    lab.finished(ua)


def digits_invites(lab):
    """The peer says 484 until there are enough."""
    ua = lab.uas("uas-digits", sipp.uas(["484", "INVITE", "484", "INVITE", "180", "wait 200", "200sdp", "BYE"]), DIGITS)
    lab.placed(lab.place("+4985123456", "+4930765432", "digits", st=""))
    lab.finished(ua)


def diverted(lab):
    ua = lab.uas("uas-diverted", sipp.uas(["181", "180", "wait 200", "200sdp", "BYE"], {"181": HISTORY, "200": ASSERTED}), IMS)
    lab.placed(lab.place("+498312345", "+4930765432", "diverted"))
    lab.finished(ua)


def redirected(lab):
    """The telephone of the PBX answers for a number of the carrier."""
    ua = lab.uas("uas-redirect", sipp.uas(["302"], {"302": "Contact: <sip:+4987200@127.0.0.1;user=phone;cause=486>\n"}), IMS)
    lab.baresip.drain()
    lab.placed(lab.place("+498312345", "+4930765432", "call-answer"))
    lab.baresip.event("CALL_CLOSED")
    lab.finished(ua)


def early_media_told(lab):
    ua = lab.uac("uac-early-told", sipp.uac(["INVITE", "183", "183?", "180?", "200", "ACK", "wait 300", "BYE"], headers=EARLY,
                                            uri=";user=phone"), "+4930183000", "+498312345", IMS)
    lab.finished(ua)


def announcement(lab):
    lab.finished(lab.uac("uac-announcement", sipp.uac(["INVITE", "183", "404", "ACKFAIL"]), "+4930185000"))


def over_sip_i(lab):
    lab.placed(lab.place("+498412345", "+4930765432", "rich"))


CALLS = [
    Call("pstn-sip-answered", "PSTN to SIP, answered", pstn_sip_answered,
         ["isup> IAM", "mgcp< CRCX", "sip< INVITE", "sip> 180", "isup< ACM", "sip> 200", "isup< ANM", "isup> REL", "isup< RLC",
          "sip< BYE", "mgcp< DLCX"],
         {"cause": 16, "released_by": "calling"}),
    Call("sip-pstn-early-media", "SIP to PSTN, early media, answered", sip_pstn_early_media,
         ["sip> INVITE", "mgcp< CRCX", "isup< IAM", "isup> ACM", "sip< 183", "isup> CPG", "isup> ANM", "sip< 200", "sip> BYE",
          "isup< REL", "isup> RLC"],
         {"cause": 16, "released_by": "calling"}),
    Call("early-media-told", "SIP (3GPP) to PSTN, early media, told by P-Early-Media", early_media_told,
         ["sip> INVITE", "isup< IAM", "isup> ACM", "sip< 183", "isup> CPG", "isup> ANM", "sip< 200", "sip> BYE", "isup< REL 16"],
         {"cause": 16, "released_by": "calling"}, shows=["P-Early-Media: supported", "P-Early-Media: sendonly"]),
    Call("announcement", "SIP to PSTN, an announcement, then the failure", announcement,
         ["sip> INVITE", "isup< IAM", "isup> ACM", "sip< 183", "isup> REL 1", "isup< RLC", "sip< 404"],
         {"cause": 1, "released_by": "called"}),
    Call("digits-collected", "PSTN to SIP, digit by digit, collected", digits_collected,
         ["isup> IAM", "isup> SAM", "isup> SAM", "sip< INVITE", "sip> 180", "isup< ACM", "sip> 200", "isup< ANM", "isup> REL 16"],
         {"cause": 16, "released_by": "calling"}),
    Call("digits-invites", "PSTN to SIP, digit by digit, an INVITE each time (RFC 3578)", digits_invites,
         ["isup> IAM", "sip< INVITE", "sip> 484", "isup> SAM", "sip< INVITE", "sip> 484", "isup> SAM", "sip< INVITE", "sip> 180",
          "isup< ACM", "sip> 200", "isup< ANM", "isup> REL 16"],
         {"cause": 16, "released_by": "calling"}),
    Call("diverted", "PSTN to SIP, diverted before and after, connected number", diverted,
         ["isup> IAM", "sip< INVITE", "sip> 181", "isup< ACM", "isup< CPG", "sip> 180", "isup< CPG", "sip> 200", "isup< ANM",
          "isup> REL 16", "sip< BYE"],
         {"cause": 16, "released_by": "calling"},
         shows=["OCN 3077001, RgPN 3077002", "History-Info: <sip:+493077001@127.0.0.1;user=phone>;index=1",
                "History-Info: <sip:+493077002@127.0.0.1;user=phone;cause=486>;index=1.1;mp=1",
                "History-Info: <sip:+498312345@127.0.0.16;user=phone;cause=408>;index=1.1.1;mp=1.1", "RnN 8399999", "ConN 8399999"]),
    Call("redirected", "PSTN to SIP, a 302 that is followed to the PBX", redirected,
         ["isup> IAM", "sip< INVITE", "sip> 302", "sip< INVITE", "sip> 180", "isup< ACM", "sip> 200", "isup< ANM", "isup> REL 16",
          "sip< BYE"],
         {"cause": 16, "released_by": "calling"}, shows=["Diversion: <sip:+498312345@127.0.0.1;user=phone>;reason=user-busy"]),
    Call("over-sip-i", "PSTN to PSTN over SIP-I, Tollgate at both ends", over_sip_i,
         ["isup> IAM", "sip< INVITE+IAM", "isup< IAM", "isup> ACM", "sip> 180+ACM", "isup< ACM", "isup> ANM", "sip> 200+ANM",
          "isup< ANM", "isup> REL 16", "sip< BYE+REL", "isup< REL 16"],
         {"cause": 16, "released_by": "calling"}, records=2,
         shows=['ISUP body: IAM +4930765432 calls +498412345 ST, with OFCI, ATP, USI, PDC, HOP 16, UUI "hello"',
                'with OFCI, ATP, USI, PDC, HOP 15, UUI "hello"', 'ISUP body: ACM subscriber free, with UUI "ring"',
                "ISUP body: ANM with ConN 3084999", "ISUP body: REL cause 16"]),
    Call("pstn-sip-busy", "PSTN to SIP, busy", pstn_sip_busy,
         ["isup> IAM", "sip< INVITE", "sip> 486", "isup< REL 17", "isup> RLC"], {"cause": 17, "released_by": "called"}),
    Call("sip-pstn-busy", "SIP to PSTN, busy", sip_pstn_busy,
         ["sip> INVITE", "isup< IAM", "isup> REL 17", "isup< RLC", "sip< 486"], {"cause": 17, "released_by": "called"}),
    Call("sip-pstn-unknown", "SIP to PSTN, number does not exist", sip_pstn_unknown,
         ["sip> INVITE", "isup< IAM", "isup> REL 1", "sip< 404"], {"cause": 1, "released_by": "called"}),
    Call("pstn-no-route", "PSTN to SIP, no route to the number", pstn_no_route,
         ["isup> IAM", "isup< REL 3", "isup> RLC"], {"cause": 3, "released_by": "gateway"}),
    Call("pstn-gives-up", "PSTN caller gives up", pstn_gives_up,
         ["isup> IAM", "sip< INVITE", "sip> 180", "isup< ACM", "isup> REL 16", "isup< RLC", "sip< CANCEL", "sip> 487"],
         {"cause": 16, "released_by": "calling"}),
    Call("sip-gives-up", "SIP caller gives up", sip_gives_up,
         ["sip> INVITE", "isup< IAM", "isup> ACM", "sip< 180", "sip> CANCEL", "sip< 487", "isup< REL 16", "isup> RLC"],
         {"cause": 16, "released_by": "calling"}),
    Call("suspend-resume", "SIP-T to PSTN: suspend and resume by INFO", suspend_resume,
         ["sip> INVITE+IAM", "isup< IAM", "isup> ACM", "sip< 180+ACM", "isup> ANM", "sip< 200+ANM", "isup> SUS", "sip< INFO+SUS",
          "isup> RES", "sip< INFO+RES", "sip> BYE", "isup< REL 16"],
         {"cause": 16, "released_by": "calling"}),
    Call("pbx-calls", "PBX telephone to PSTN, with speech", audio.pbx_calls,
         ["sip> INVITE", "isup< IAM", "isup> ACM", "sip< 183", "isup> ANM", "sip< 200", "sip> BYE", "isup< REL 16", "isup> RLC"],
         {"cause": 16, "released_by": "calling"}),
    Call("pbx-called", "PSTN to PBX telephone, with speech", audio.pbx_called,
         ["isup> IAM", "sip< INVITE", "sip> 200", "isup< ANM", "isup> REL 16", "isup< RLC", "sip< BYE"],
         {"cause": 16, "released_by": "calling"}),
    Call("libss7-to-sip", "A foreign exchange (libss7) to SIP", libss7_to_sip,
         ["isup> IAM", "sip< INVITE", "sip> 180", "isup< ACM", "sip> 200", "isup< ANM", "isup> REL 16", "isup< RLC", "sip< BYE"],
         {"cause": 16, "released_by": "calling"}),
    Call("sip-to-libss7", "SIP to a foreign exchange (libss7)", sip_to_libss7,
         ["sip> INVITE", "isup< IAM", "isup> ACM", "sip< 180", "isup> ANM", "sip< 200", "sip> BYE", "isup< REL 16", "isup> RLC"],
         {"cause": 16, "released_by": "calling"}),
]
