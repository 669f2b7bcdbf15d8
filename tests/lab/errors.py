# SPDX-License-Identifier: GPL-3.0-or-later


class Failed(Exception):
    """A call did not do what it should; the text says what."""
