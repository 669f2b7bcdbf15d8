# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls that meet something broken: a dead peer, a malformed message, a reset. Each leaves nothing behind and says what it was."""
import socket
import time

import sipp
from audio import circuit_in_use
from calls import Call, pstn_sip_answered
from errors import Failed
from sctp import broken_gateway

SILENT, STRANGER = "127.0.0.14", "127.0.0.99"

# More of the gateway's configuration: a SIP peer that never answers, and a signalling gateway that sends nonsense.
BROKEN_LINK = """ asp to-broken 2905 2909 m3ua
  local-ip 127.0.0.1
  remote-ip 127.0.0.6
  role asp
  sctp-role client
 as broken m3ua
  asp to-broken
  traffic-mode override
  routing-key 104 1.1.1
"""
TRUNKS = f"""trunk-group silent sip
 target {SILENT} 5060 udp
 country-code 49
 route-table calls
"""
PATIENT = " t1 2000\n"  # a busy machine's SIPp takes what is sent again for something new
ROUTE = " prefix 4986 trunk-group silent\n"


def config(gateway):
    return gateway.replace(" route-table system\n", BROKEN_LINK + " route-table system\n", 1) \
                  .replace("media-gateway mgw\n", PATIENT + "media-gateway mgw\n", 1) \
                  .replace("route-table calls\n prefix", TRUNKS + "route-table calls\n prefix", 1) \
                  .replace("cdr\n", ROUTE + "cdr\n", 1)


# --- calls as parts of others ---

def telephone_up(lab, number="+4930700000"):
    """The PBX telephone has a call to the exchange, answered; its circuit."""
    lab.baresip.drain()
    lab.baresip.command("dial", f"sip:{number}@127.0.0.1")
    lab.baresip.event("CALL_ESTABLISHED")
    return circuit_in_use(lab)


def telephone_down(lab):
    lab.baresip.command("hangup")
    lab.baresip.event("CALL_CLOSED")


def sip_refused(lab, name, number, status):
    lab.finished(lab.uac(name, sipp.uac(["INVITE", status, "ACKFAIL"]), number))


def use(lab, cic):
    """How `show circuits` describes it."""
    rows = [x.split() for x in lab.vty(f"show circuits trunk-group exchange {cic}").splitlines()]
    return next(r for r in rows if r[1:2] == [str(cic)])


def must(condition, text):
    if not condition:
        raise Failed(text)


def until(what, text, timeout=10):
    end = time.time() + timeout
    while not what():
        if time.time() > end:
            raise Failed(f"{text} within {timeout} s")
        time.sleep(0.1)


# --- peers that die ---

def media_gateway_dies(lab):
    lab.kill("osmo-mgw")
    lab.placed(lab.place("+4989123456", "+4930765432", "expect-release"))
    sip_refused(lab, "uac-no-mgw", "+4930765432", "503")
    cause = lab.records()[-2]["cause"]
    must(cause in range(34, 48), f"cause {cause} for a call without a media gateway")
    lab.start_mgw()
    until(lambda: "AWAY" not in lab.vty("show media-gateways"), "the media gateway is not in service")
    pstn_sip_answered(lab)
    return f"refused with cause {cause} and 503, then in service again"


def stp_dies(lab):
    cic = telephone_up(lab)
    lab.kill("osmo-stp")
    until(lambda: "U" in use(lab, cic)[3], "the exchange is still called reachable")
    sip_refused(lab, "uac-no-stp", "+4930765432", "503")
    must(use(lab, cic)[2] != "idle", "the answered call did not stay")
    at = len(lab.log_text("exchange"))
    lab.start_stp()
    lab.wait_log("exchange", "ASP_ACTIVE", 20, at)
    until(lambda: "U" not in use(lab, cic)[3], "the exchange is not reachable again", 20)
    telephone_down(lab)
    lab.idle()
    pstn_sip_answered(lab)
    return "answered call stayed, new one 503, traffic resumed"


def shorten_sip_timers(lab):
    """From the next start on: the call that follows waits for a SIP peer to be given up, which takes 64 * T1."""
    with open(lab.path("tollgate.cfg")) as f:
        text = f.read()
    with open(lab.path("tollgate.cfg"), "w") as f:
        f.write(text.replace(PATIENT, " t1 100\n"))


def gateway_dies(lab):
    """The record of the call before is there, the circuits are reset, and calls go on."""
    before = len(lab.records())
    pstn_sip_answered(lab)
    telephone_up(lab, "+4930710000")
    lab.gateway.kill()
    lab.gateway.wait()
    must(len(lab.records()) == before + 1, "the finished call's record is not in the file")
    at = len(lab.log_text("exchange"))
    shorten_sip_timers(lab)
    lab.start_gateway()
    lab.wait_log("exchange", "GRS", 20, at)
    lab.circuits_reset()
    lab.baresip.command("hangup")
    lab.baresip.event("CALL_CLOSED")
    pstn_sip_answered(lab)
    return "records kept, circuits reset by GRS"


def sip_peer_silent(lab):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.bind((SILENT, 5060))
        lab.placed(lab.place("+4986123456", "+4930765432", "expect-release"))
    cause = lab.records()[-1]["cause"]
    must(cause in (18, 102), f"cause {cause}")
    return f"released with cause {cause}"


# --- messages that are wrong ---

def malformed_isup(lab):
    """An answered call does not mind what else comes on its signalling link."""
    cic = telephone_up(lab, "+4930720000")
    counted = lab.counters()
    for octets in ("", "010000", "0100200a03020b", "010020010a00020a0803106030", "06", "ff00", "2cff"):
        lab.order(f"send-raw {cic:02x}00{octets}")
    for octets in ("05", "63000100000a030209078310941032540600"):
        lab.order(f"send-raw {octets}")
    lab.wait_log("exchange", "UCIC", 10)
    telephone_down(lab)
    now = lab.counters()
    grown = [k for k in now if k.startswith("isup") and now[k] > counted[k] and ("malformed" in k or "unequipped" in k or "unknown" in k)]
    must(grown, "nothing was counted: " + ", ".join(f"{k} {now[k] - counted[k]}" for k in now if now[k] != counted[k]))
    return "counted: " + ", ".join(f"{k.split(':')[-1]} {now[k] - counted[k]}" for k in grown)


def malformed_m3ua(lab):
    cic = telephone_up(lab)
    sent = broken_gateway("127.0.0.6")
    must(use(lab, cic)[2] != "idle", "the call on another association was lost")
    telephone_down(lab)
    return f"{sent} malformed messages, the call went on"


def unusable_number(lab):
    sip_refused(lab, "uac-number", "not-a-number", "404")


def stranger(lab):
    request = (f"INVITE sip:+4930123456@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP {STRANGER}:5060;branch=z9hG4bKx\r\nMax-Forwards: 70\r\n"
               f"From: <sip:a@{STRANGER}>;tag=1\r\nTo: <sip:+4930123456@127.0.0.1>\r\nCall-ID: stranger\r\nCSeq: 1 INVITE\r\n"
               f"Contact: <sip:a@{STRANGER}>\r\nContent-Length: 0\r\n\r\n")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.bind((STRANGER, 5060))
        s.settimeout(0.7)
        s.sendto(request.encode(), ("127.0.0.1", 5060))
        try:
            answer = s.recv(4096)
        except TimeoutError:
            return "no answer"
    raise Failed("answered: " + answer.decode(errors="replace").splitlines()[0])


# --- maintenance during calls ---

def exchange_resets(lab):
    cic = telephone_up(lab)
    lab.order(f"rsc {cic}")
    lab.baresip.event("CALL_CLOSED")
    lab.idle()
    cic = telephone_up(lab)
    first = (cic - 1) // 16 * 16 + 1    # the circuit and its neighbours: 1-15, 17-31, 33-48, 49-63
    lab.order(f"grs {first} {15 if first == 33 else 14}")
    lab.baresip.event("CALL_CLOSED")
    return "by RSC and by GRS: call released, circuit idle"


def exchange_blocks(lab):
    cic = telephone_up(lab, "+4930720000")
    lab.order(f"blo {cic}")
    must(use(lab, cic)[2] != "idle" and "R" in use(lab, cic)[3], "not shown as blocked by the peer, with its call")
    telephone_down(lab)
    lab.idle()
    lab.order(f"ubl {cic}")
    must(use(lab, cic)[3] == "-", "still blocked")
    return "call stayed, circuit was blocked and unblocked"


def operator(lab):
    """block, unblock, reset on the command line."""
    cic = telephone_up(lab, "+4930710000")
    lab.vty(f"circuit exchange {cic} block", enable=True)
    until(lambda: use(lab, cic)[3] == "L", "not blocked")
    lab.vty(f"circuit exchange {cic} unblock", enable=True)
    until(lambda: use(lab, cic)[3] == "-", "not unblocked")
    must(use(lab, cic)[2] != "idle", "the call did not stay")
    lab.vty(f"circuit exchange {cic} reset", enable=True)
    lab.baresip.event("CALL_CLOSED")
    return "blocked, unblocked, and reset, which released the call"


FAILURES = [
    Call("unusable-number", "SIP calls what is no number", unusable_number, ["sip> INVITE", "sip< 404"], {"released_by": "gateway"}),
    Call("stranger", "A stranger calls by SIP", stranger, [], {}, 0),
    Call("malformed-isup", "Malformed ISUP and unknown circuits", malformed_isup, ["isup> IAM", "isup< UCIC"], {"cause": 16}, malformed=True),
    Call("malformed-m3ua", "Malformed M3UA on another association", malformed_m3ua, ["isup< REL 16", "isup> RLC"], {"cause": 16}, malformed=True),
    Call("exchange-resets", "The exchange resets circuits with calls", exchange_resets,
         ["isup> RSC", "isup< RLC", "isup> GRS", "isup< GRA"], {}, 2),
    Call("exchange-blocks", "The exchange blocks a circuit with a call", exchange_blocks,
         ["isup> BLO", "isup< BLA", "isup< REL 16", "isup> UBL", "isup< UBA"], {"cause": 16}),
    Call("operator", "Block, unblock and reset on the command line", operator,
         ["isup< BLO", "isup> BLA", "isup< UBL", "isup> UBA", "isup< RSC", "isup> RLC"], {}),
    Call("media-gateway-dies", "The media gateway dies and comes back", media_gateway_dies,
         ["isup> IAM", "isup< REL", "sip< 503", "isup> IAM", "isup< ANM"], {}, 3),
    Call("stp-dies", "The STP dies during a call and comes back", stp_dies, ["sip< 503", "isup< REL 16", "isup> IAM", "isup< ANM"],
         {}, 3),
    Call("gateway-dies", "Tollgate is killed during a call and comes back", gateway_dies,
         ["isup< ANM", "isup< GRS", "isup> GRA", "isup< ANM"], {}, 2),
    Call("sip-peer-silent", "SIP peer that does not answer at all", sip_peer_silent,
         ["isup> IAM", "sip< INVITE", "isup< REL", "isup> RLC"], {}),
]
