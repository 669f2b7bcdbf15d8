# SPDX-License-Identifier: GPL-3.0-or-later
"""The peers' configurations, and how to talk to them."""
import socket
import struct
import subprocess
import time

STP = """log stderr
 logging filter all 1
 logging color 0
 logging level set-all notice
line vty
 no login
 bind 127.0.0.1 4239
cs7 instance 0
 network-indicator national
 point-code 0.23.1
 asp gateway 2906 2905 m3ua
  local-ip 127.0.0.2
  remote-ip 127.0.0.1
  role sg
  sctp-role server
 asp exchange 2907 2905 m3ua
  local-ip 127.0.0.2
  remote-ip 127.0.0.3
  role sg
  sctp-role server
 as as-gateway m3ua
  asp gateway
  traffic-mode override
  routing-key 101 1.1.1
 as as-exchange m3ua
  asp exchange
  traffic-mode override
  routing-key 102 1.1.2
 route-table system
  update route 1.1.1 7.255.7 linkset as-gateway
  update route 1.1.2 7.255.7 linkset as-exchange
 listen m3ua 2905
  local-ip 127.0.0.2
  accept-asp-connections pre-configured
"""

MGW = """log stderr
 logging filter all 1
 logging color 0
 logging level set-all notice
line vty
 no login
 bind 127.0.0.1 4243
mgcp
  domain mgw
  bind ip 127.0.0.5
  bind port 2427
  rtp port-range 16002 16999
  rtp bind-ip 127.0.0.5
  no rtp ip-probing
  number endpoints 128
  force-realloc 0
  rtcp-omit
  no rtp-patch
  no rtp keep-alive
  conn-timeout 0
  trunk 1
   line 1
"""

EXCHANGE = """cs7 instance 0
 network-indicator national
 point-code 1.1.2
 asp to-stp 2905 2907 m3ua
  local-ip 127.0.0.3
  remote-ip 127.0.0.2
  role asp
  sctp-role client
 as stp m3ua
  asp to-stp
  traffic-mode override
  routing-key 102 1.1.2
 route-table system
  update route 1.1.1 7.255.7 linkset stp
"""

GATEWAY = """log stderr
 logging filter all 1
 logging color 0
 logging timestamp 1
 logging level set-all notice
 logging level call info
line vty
 no login
 bind 127.0.0.1 4240
cs7 instance 0
 network-indicator national
 point-code 1.1.1
 asp to-stp 2905 2906 m3ua
  local-ip 127.0.0.1
  remote-ip 127.0.0.2
  role asp
  sctp-role client
 asp to-libss7 2905 2908 m3ua
  local-ip 127.0.0.1
  remote-ip 127.0.0.4
  role asp
  sctp-role client
 as stp m3ua
  asp to-stp
  traffic-mode override
  routing-key 101 1.1.1
 as libss7 m3ua
  asp to-libss7
  traffic-mode override
  routing-key 103 1.1.1
 route-table system
  update route 1.1.2 7.255.7 linkset stp
  update route 1.1.3 7.255.7 linkset libss7
sip
 listen udp 127.0.0.1 5060
 listen tcp 127.0.0.1 5060
 listen udp 127.0.0.21 5060
 host 127.0.0.1
media-gateway mgw
 type mgcp
 remote 127.0.0.5 2427
 local 127.0.0.1 2727
 domain mgw
 endpoint rtpbridge/*
 rtp 127.0.0.3 30000
media-gateway signalling-only
 type none
 rtp 127.0.0.4 40000
trunk-group exchange isup
 mtp sigtran 0
 point-code remote 1.1.2
 circuits 1-15
 circuits 17-31
 circuits 33-63
 hunt controlled
 country-code 49
 overlap minimum-digits 4
 media-gateway mgw
 route-table calls
trunk-group foreign isup
 mtp sigtran 0
 point-code remote 1.1.3
 circuits 1-8
 country-code 49
 media-gateway signalling-only
 route-table calls
trunk-group sip sip
 target 127.0.0.11 5060 udp
 country-code 49
 route-table calls
 send-p-asserted-identity
 trust-p-asserted-identity
trunk-group sip-t sip
 target 127.0.0.12 5060 udp
 country-code 49
 route-table calls
 isup-body sip-t
trunk-group pbx sip
 target 127.0.0.13 5060 udp
 country-code 49
 route-table calls
trunk-group digits sip
 target 127.0.0.15 5060 udp
 country-code 49
 overlap invites
 route-table calls
trunk-group ims sip
 target 127.0.0.16 5060 udp
 country-code 49
 interworking profile-a
 redirect follow
 send-p-asserted-identity
 trust-p-asserted-identity
 route-table calls
trunk-group bridge-out sip
 target 127.0.0.21 5060 udp
 country-code 49
 isup-body sip-i
 send-p-asserted-identity
 trust-p-asserted-identity
 route-table calls
trunk-group bridge-in sip
 target 127.0.0.1 5060 udp
 country-code 49
 isup-body sip-i
 send-p-asserted-identity
 trust-p-asserted-identity
 route-table bridge
route-table bridge
 prefix 4984 trunk-group exchange
route-table calls
 prefix 4930 trunk-group exchange
 prefix 4940 trunk-group foreign
 prefix 4989 trunk-group sip
 prefix 4988 trunk-group sip-t
 prefix 4987 trunk-group pbx
 prefix 4985 trunk-group digits
 prefix 4984 trunk-group bridge-out
 prefix 4983 trunk-group ims
cdr
 file calls.jsonl
"""


def write_configs(lab, gateway):
    for name, text in (("osmo-stp", STP), ("osmo-mgw", MGW), ("exchange", EXCHANGE), ("tollgate", gateway)):
        with open(lab.path(name + ".cfg"), "w") as f:
            f.write(text)


def capture(lab):
    """dumpcap on loopback; ready when it says so."""
    p = lab.start("dumpcap", ["dumpcap", "-q", "-i", "lo", "-B", "16", "-w", lab.path("lab.pcapng")])
    lab.wait_log("dumpcap", "File:", 20)
    return p


def until_prompt(s, prompt):
    got = b""
    while not got.rstrip(b" ").endswith(prompt):
        part = s.recv(65536)
        if not part:
            break
        got += part
    return got


def vty(command, port, enable=False):
    """Runs one command on a telnet command line; its text."""
    with socket.create_connection(("127.0.0.1", port), 5) as s:
        s.settimeout(5)
        until_prompt(s, b">")
        if enable:
            s.sendall(b"enable\n")
            until_prompt(s, b"#")
        s.sendall(command.encode() + b"\n")
        got = until_prompt(s, b"#" if enable else b">")
    lines = got.decode(errors="replace").replace("\r", "").split("\n")
    return "\n".join(lines[1:-1])


def wait_udp(address, port, timeout=15):
    """Until somebody has bound the UDP port."""
    want = "%08X:%04X" % (struct.unpack("=I", socket.inet_aton(address))[0], port)
    end = time.time() + timeout
    while time.time() < end:
        with open("/proc/net/udp") as f:
            if any(line.split()[1] == want for line in f):
                return
        time.sleep(0.02)
    raise TimeoutError(f"nobody listens on {address}:{port}")


BETWEEN = "\x01"


def fields(pcap, names, display_filter):
    """tshark's fields, a list a packet; BETWEEN stands between the values of a field."""
    argv = ["tshark", "-n", "-r", pcap, "-Y", display_filter, "-T", "fields", "-E", "separator=/t", "-E", "occurrence=a",
            "-E", "aggregator=" + BETWEEN]
    for n in names:
        argv += ["-e", n]
    out = subprocess.run(argv, capture_output=True, text=True, check=True).stdout
    return [line.split("\t") for line in out.splitlines()]
