# SPDX-License-Identifier: GPL-3.0-or-later
"""One thread's loop of sockets and timers, and what damages octets."""
import heapq
import selectors
import time


class Loop:
    def __init__(self):
        self.sel = selectors.DefaultSelector()
        self.heap, self.n = [], 0

    def after(self, seconds, f, *args):
        self.n += 1
        heapq.heappush(self.heap, (time.monotonic() + seconds, self.n, f, args))

    def watch(self, sock, f):
        self.sel.register(sock, selectors.EVENT_READ, f)

    def unwatch(self, sock):
        try:
            self.sel.unregister(sock)
        except (KeyError, ValueError):
            pass

    def run(self, seconds, until=None):
        """Result: whether until() became true in time."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if until and until():
                return True
            now = time.monotonic()
            while self.heap and self.heap[0][0] <= now:
                _, _, f, args = heapq.heappop(self.heap)
                f(*args)
            wait = min(end, self.heap[0][0] if self.heap else end) - time.monotonic()
            for key, _ in self.sel.select(max(0, min(wait, 0.1))):
                key.data()
        return bool(until and until())


def mutate(rng, data, times=None):
    """A few bits, octets or pieces of it changed, lost, doubled or cut."""
    d = bytearray(data)
    for _ in range(times or rng.choice((1, 1, 1, 2, 3, 8))):
        if not d:
            break
        at, n = rng.randrange(len(d)), rng.choice((1, 1, 2, 4, 16, 64))
        kind = rng.randrange(8)
        if kind == 0:
            d[at] ^= 1 << rng.randrange(8)
        elif kind == 1:
            d[at] = rng.choice((0, 1, 0x7f, 0x80, 0xff, 10, 13, 32, 58, 59))
        elif kind == 2:
            del d[at:]
        elif kind == 3:
            del d[at:at + n]
        elif kind == 4:
            d[at:at] = d[at:at + n]
        elif kind == 5:
            d[at:at] = bytes(rng.randrange(256) for _ in range(n))
        elif kind == 6:
            d[at:at] = bytes([d[at]]) * rng.choice((n, 300))
        else:
            to = rng.randrange(len(d))
            d[at:at + n] = d[to:to + n]
    return bytes(d)
