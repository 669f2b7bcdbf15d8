# SPDX-License-Identifier: GPL-3.0-or-later
"""The speech on the exchange's circuits. osmo-mgw has no circuits of its own: circuit n is RTP at 127.0.0.3, port 30000 + 2n. Here it is
answered: each circuit in use gets a tone, and what comes out of it is kept and measured."""
import functools
import math
import random
import re
import selectors
import socket
import struct
import threading
import time

ADDRESS, BASE = "127.0.0.3", 30000
RATE, FRAME, PT_PCMA = 8000, 160, 8
PATIENCE = 5.0    # seconds for the media gateway to open a circuit


def alaw_decode(octet):
    """G.711 A-law to a linear value of 13 bits."""
    octet ^= 0x55
    exponent, step = octet >> 4 & 7, octet & 15
    value = (step << 1 | 1) if not exponent else (step << 1 | 33) << exponent - 1
    return value if octet & 0x80 else -value


DECODE = [alaw_decode(o) for o in range(256)]


@functools.lru_cache(None)
def alaw_encode(value):
    return min(range(256), key=lambda o: abs(DECODE[o] - value))


@functools.lru_cache(None)
def tone(frequency, level=2000):
    """One second of A-law; whole periods, if the frequency is a whole number."""
    return bytes(alaw_encode(round(level * math.sin(2 * math.pi * frequency * i / RATE))) for i in range(RATE))


def power(samples, frequency):
    """Goertzel: the part of the samples' energy that is at the frequency, 0 to 1."""
    k, s1, s2 = 2 * math.cos(2 * math.pi * frequency / RATE), 0.0, 0.0
    for x in samples:
        s1, s2 = x + k * s1 - s2, s1
    energy = sum(x * x for x in samples)
    return 2 * (s1 * s1 + s2 * s2 - k * s1 * s2) / (len(samples) * energy) if energy else 0.0


def strongest(samples):
    """(Frequency, its share of the energy, level in dB below full scale) of half a second in the middle; None: silence or too short."""
    part = samples[len(samples) // 2 - RATE // 4:len(samples) // 2 + RATE // 4]
    if len(part) < RATE // 2:
        return None
    rms = math.sqrt(sum(x * x for x in part) / len(part))
    if rms < 20:
        return None
    frequency = max(range(200, 3400, 4), key=lambda f: power(part[:RATE // 8], f))
    frequency = max(range(frequency - 8, frequency + 9), key=lambda f: power(part, f))
    return frequency, power(part, frequency), 20 * math.log10(rms * math.sqrt(2) / 4096)


def wav_samples(path):
    """Linear values of 13 bits of a WAV file of 16 bits, mono; its header need not be finished."""
    with open(path, "rb") as f:
        octets = f.read()[44:]
    return [x >> 3 for x in struct.unpack(f"<{len(octets) // 2}h", octets[:len(octets) & ~1])]


class Circuit:
    """What happens on one circuit: heard are (time, payload)."""

    def __init__(self, sock):
        self.sock, self.heard, self.peer, self.speech = sock, [], None, None
        self.sequence, self.stamp, self.at = 0, 0, 0.0
        self.ssrc = random.getrandbits(32)

    def receive(self):
        try:
            packet = self.sock.recv(2048)
        except OSError:
            return
        if len(packet) > 12 and packet[1] & 0x7f == PT_PCMA:
            self.heard.append((time.time(), packet[12:]))

    def send_due(self, now):
        while self.speech and self.peer and self.at <= now:
            i = self.stamp % RATE
            header = struct.pack("!BBHII", 0x80, PT_PCMA, self.sequence & 0xffff, self.stamp & 0xffffffff, self.ssrc)
            self.sock.sendto(header + self.speech[i:i + FRAME], self.peer)
            self.sequence, self.stamp, self.at = self.sequence + 1, self.stamp + FRAME, self.at + FRAME / RATE


class Connections:
    """Where the media gateway takes a circuit's RTP: read from the MGCP that passes by (a CRCX with our port, and its answer)."""

    def __init__(self, media_gateway):
        self.sock = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_UDP)
        self.sock.setblocking(False)
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)    # all UDP of the lab comes by
        self.media_gateway, self.asked, self.ports = media_gateway, {}, {}

    def read(self):
        """What has come by."""
        while True:
            try:
                packet = self.sock.recv(65536)
            except BlockingIOError:
                return
            self.learn(packet)

    def learn(self, packet):
        at = (packet[0] & 15) * 4
        source, sport, dport = socket.inet_ntoa(packet[12:16]), *struct.unpack("!HH", packet[at:at + 4])
        if 2427 not in (sport, dport):
            return
        text = packet[at + 8:].decode(errors="replace")
        port = re.search(r"^m=audio (\d+)", text, re.M)
        verb, transaction = (text.split(None, 2) + ["", ""])[:2]
        if verb == "CRCX" and port and f"IN IP4 {ADDRESS}" in text:
            self.asked[transaction] = (int(port.group(1)) - BASE) // 2
        elif source == self.media_gateway and port and transaction in self.asked:
            self.ports[self.asked.pop(transaction)] = int(port.group(1))


class Bearer(threading.Thread):
    """All circuits, on a thread of its own."""

    def __init__(self, cics, media_gateway):
        super().__init__(daemon=True)
        self.circuits, self.selector, self.ending = {}, selectors.DefaultSelector(), False
        self.connections = Connections(media_gateway)
        self.selector.register(self.connections.sock, selectors.EVENT_READ, None)
        for cic in cics:
            s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            s.bind((ADDRESS, BASE + 2 * cic))
            s.setblocking(False)
            self.circuits[cic] = Circuit(s)
            self.selector.register(s, selectors.EVENT_READ, self.circuits[cic])

    def run(self):
        while not self.ending:
            for key, _ in self.selector.select(0.01):
                if key.data:
                    key.data.receive()
                else:
                    self.connections.read()
            now = time.time()
            for c in self.circuits.values():
                c.send_due(now)

    def speak(self, cic, frequency):
        """The circuit's tone from now on, as soon as the media gateway has said where it takes it."""
        c, until = self.circuits[cic], time.time() + PATIENCE
        while cic not in self.connections.ports and time.time() < until:
            time.sleep(0.01)
        speech = tone(frequency)
        c.at, c.peer = time.time(), (self.connections.media_gateway, self.connections.ports[cic])
        c.speech = speech

    def quiet(self, cic):
        """Forgets all, for the circuit's next call."""
        c = self.circuits[cic]
        c.speech, c.peer, c.heard = None, None, []

    def heard(self, cic, since=0.0, until=math.inf):
        return [DECODE[o] for when, p in list(self.circuits[cic].heard) if since <= when < until for o in p]

    def stop(self):
        self.ending = True
        self.join(2)
