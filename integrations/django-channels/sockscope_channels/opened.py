"""When a connection opened."""
from __future__ import annotations

from typing import NamedTuple


class Opened(NamedTuple):
    """An open connection, as far as its age and its route are concerned."""

    route: str
    #: On the machine's monotonic clock, which every process of the machine reads alike.
    at: float
