# SPDX-License-Identifier: GPL-3.0-or-later
"""A signalling gateway that answers ASPUP and ASPAC, and then says what no M3UA peer should."""
import socket
import struct
import time

SCTP, DEFAULT_SEND_PARAM, PPID_M3UA = 132, 10, 3

BROKEN = [
    b"", b"\x01", b"\x01\x00\x01\x01", b"\x02\x00\x01\x01\0\0\0\x08", b"\x01\x00\x01\x01\0\0\0\x04", b"\x01\x00\x01\x01\0\0\xff\xff",
    b"\x01\x00\x01\x01\0\0\0\x08", b"\x01\x00\x01\x01\0\0\0\x10\x02\x10\x00\x02\0\0\0\0", b"\x01\x00\x01\x01\0\0\0\x0c\x02\x10\x00\x00",
    b"\x01\x00\x01\x01\0\0\0\x10\x02\x10\xff\xff\0\0\0\0", b"\x01\x00\x01\x01\0\0\0\x14\x02\x10\0\x0c" + b"\0" * 8,
    b"\x01\x00\x01\x01\0\0\0\x0c\x00\x06\x00\x04", b"\x01\x00\x00\x01\0\0\0\x08", b"\x01\x00\x00\x00\0\0\0\x08",
    b"\x01\x00\x00\x01\0\0\0\x0c\x00\x0d\x00\x04", b"\x01\x00\x02\x01\0\0\0\x08", b"\x01\x00\x02\x01\0\0\0\x0c\x00\x12\x00\x04",
    b"\x01\x00\x09\x02\0\0\0\x08", b"\x01\x00\x09\x02\0\0\0\x0c\x02\x08\x00\x04", b"\x01\x00\x63\x63\0\0\0\x08",
    b"\x01\x00\x03\x03\0\0\x06\x50\x00\x09\x06\x44" + b"\0" * 1600,
]


def message(mclass, mtype, body=b""):
    return struct.pack("!BBBBI", 1, 0, mclass, mtype, 8 + len(body)) + body


def accept(address, timeout):
    """Listens until the gateway comes."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, SCTP) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((address, 2905))
        listening.listen(1)
        listening.settimeout(timeout)
        s, _ = listening.accept()
    s.setsockopt(SCTP, DEFAULT_SEND_PARAM, struct.pack("@HHHIIIIIi", 0, 0, 0, socket.htonl(PPID_M3UA), 0, 0, 0, 0, 0))
    s.settimeout(2)
    return s


def broken_gateway(address, timeout=30):
    """Plays it once for each state; the number of malformed messages sent."""
    with accept(address, timeout) as s:
        s.recv(4096)
        sent = 0
        for octets in BROKEN:
            if octets:
                s.send(octets)
                sent += 1
        s.send(message(3, 4))
        s.send(message(4, 3))
        for octets in BROKEN:
            if octets:
                s.send(octets)
                sent += 1
        s.send(message(3, 3, struct.pack("!HH", 9, 8) + b"echo"))
        end = time.time() + 5
        while time.time() < end:
            answer = s.recv(4096)
            if answer[2:4] == b"\x03\x06" and b"echo" in answer:
                return sent
    raise TimeoutError("no BEAT ACK after the malformed messages")
