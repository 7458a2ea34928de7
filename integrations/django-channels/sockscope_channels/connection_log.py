"""The structured log: a line per connect, close and error."""
from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from typing import Any

#: Takes one line. It holds no text that a peer chose, except the thread's id as the application set it.
ConnectionLog = Callable[[Mapping[str, Any]], None]

#: Closes that somebody has to look at: those at which a server for Node warns, too.
_WARNED_REASONS = {"internal_error", "overload", "slow_consumer", "other"}

_LOGGER = logging.getLogger("sockscope.connections")


def log_json(line: Mapping[str, Any]) -> None:
    """
    Writes a line as one JSON object to the logger `sockscope.connections`, whose formatter is to be `%(message)s`: as a warning what
    somebody has to look at, which is every error and some closes.
    """
    _LOGGER.log(_level_of(line), json.dumps(line, separators=(",", ":")))


def _level_of(line: Mapping[str, Any]) -> int:
    is_warned = line["event"] == "error" or line.get("reason") in _WARNED_REASONS
    return logging.WARNING if is_warned else logging.INFO


def harmless(log: ConnectionLog) -> ConnectionLog:
    """Wraps a log so that it never raises: a full disk under the log must not end a connection."""

    def safe(line: Mapping[str, Any]) -> None:
        try:
            log(line)
        except Exception:  # noqa: BLE001 - nowhere left to report it
            pass

    return safe
