"""What Daphne can do and knows, and ASGI has no word for."""
from __future__ import annotations

from typing import Any

from .close_cause import PROTOCOL_ERROR, CloseCause, chosen_cause, raw_cause
from .words import Words


class DaphneProtocol:
    """The protocol object of Autobahn to which Daphne's `send` is bound."""

    def __init__(self, protocol: Any) -> None:
        self._protocol = protocol

    def close(self, code: int, text: str) -> None:
        """
        Sends a close frame with any code and a text.

        What ASGI says goes through Autobahn's `sendClose`, which raises for every code but 1000 and those from 3000 on: an
        application that closes with 1012 would end with 1011. Daphne itself goes this way to close with 1011.
        """
        self._protocol.sendCloseFrame(code=code, reasonUtf8=text.encode())

    def cause(self, words: Words) -> CloseCause | None:
        """
        Why Daphne itself ended the connection; None when it did not.

        Its `websocket.disconnect` reports a missing pong and a broken frame as 1006, and the end of `--websocket_timeout`
        as a close of the peer.
        """
        protocol = self._protocol
        if "ping timeout" in (getattr(protocol, "wasNotCleanReason", None) or ""):
            return chosen_cause("heartbeat_timeout", words)
        if getattr(protocol, "failedByMe", False):
            return PROTOCOL_ERROR
        code = getattr(protocol, "localCloseCode", None)
        if getattr(protocol, "closedByMe", False) and code == getattr(protocol, "remoteCloseCode", None):
            return raw_cause(code, words)
        return None


def daphne_protocol(send: Any) -> DaphneProtocol | None:
    """Daphne's end of a connection; None under another server, and where something stands between Daphne and this."""
    protocol = next(iter(getattr(send, "args", ())), None)
    is_daphne = type(protocol).__module__ == "daphne.ws_protocol" and hasattr(protocol, "sendCloseFrame")
    return DaphneProtocol(protocol) if is_daphne else None
