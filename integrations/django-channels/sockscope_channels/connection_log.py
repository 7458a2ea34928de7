"""The structured log: a line per connect, close and error."""
from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from typing import Any

#: Takes one line. It holds no text that a peer chose, except the thread's id as the application set it.
ConnectionLog = Callable[[Mapping[str, Any]], None]

_LOGGER = logging.getLogger("sockscope.connections")


def log_json(line: Mapping[str, Any]) -> None:
    """Writes a line as one JSON object to the logger `sockscope.connections`, whose formatter is to be `%(message)s`."""
    level = logging.ERROR if line["event"] == "error" else logging.INFO
    _LOGGER.log(level, json.dumps(line, separators=(",", ":")))


def harmless(log: ConnectionLog) -> ConnectionLog:
    """Wraps a log so that it never raises: a full disk under the log must not end a connection."""

    def safe(line: Mapping[str, Any]) -> None:
        try:
            log(line)
        except Exception:  # noqa: BLE001 - nowhere left to report it
            pass

    return safe
