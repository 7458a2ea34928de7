"""Why a connection ended, as the server knows it."""
from __future__ import annotations

from typing import NamedTuple

from .errors import UnknownCloseReasonError
from .words import Words

#: What an endpoint reports of a close frame without a code, and where none came.
#: See https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1
NO_STATUS = 1005
NO_CLOSE_FRAME = 1006

#: What `websockets` says, under Uvicorn and others, when it ends a connection because no pong came.
_KEEPALIVE_TIMEOUT = (1011, "keepalive ping timeout")


class CloseCause(NamedTuple):
    """A close code and the server's own reason, never the text of a close frame."""

    #: As it was, or would have been, in the close frame.
    code: int
    reason: str


#: No close frame came: the network, a crash, or a peer that was gone before anybody looked.
LOST = CloseCause(NO_CLOSE_FRAME, "lost")

#: The peer broke the protocol and the server's library closed.
PROTOCOL_ERROR = CloseCause(1002, "protocol_error")


def chosen_cause(reason: str, words: Words) -> CloseCause:
    """The cause when the application chose a reason."""
    code = words.close_reasons.get(reason)
    if code is None:
        raise UnknownCloseReasonError(reason, words.close_reasons)
    return CloseCause(code, reason)


def raw_cause(code: int, words: Words) -> CloseCause:
    """The cause when the application closed with a code and no reason."""
    return CloseCause(code, words.first_reason_of(code) or "other")


def final_cause(begun: CloseCause | None, code: int | None, text: str, words: Words) -> CloseCause:
    """
    The cause when a connection is over. What the peer sent first wins a race.

    `begun` is why this side began to close, `code` and `text` are what the server reports of the end. An answer echoes the
    code: https://www.rfc-editor.org/rfc/rfc6455#section-5.5.1
    """
    code = NO_STATUS if code is None else code
    if code == NO_CLOSE_FRAME:
        return begun or LOST
    if begun is None and (code, text) == _KEEPALIVE_TIMEOUT:
        # Under the reason's own code: with 1011 it would read as a fault of the application.
        return chosen_cause("heartbeat_timeout", words)
    # Another code than ours is no answer to it: it was on its way already.
    return begun if begun is not None and begun.code == code else CloseCause(code, "peer")


def usual_causes(words: Words) -> list[CloseCause]:
    """Closes that exist on every server with users: the server's own reasons, and peers that stop, leave or vanish."""
    chosen = [CloseCause(code, reason) for reason, code in words.close_reasons.items()]
    return [*chosen, *(CloseCause(code, "peer") for code in (1000, 1001, NO_STATUS)), LOST]
