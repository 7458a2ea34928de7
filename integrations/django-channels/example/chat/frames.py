"""The frames that the chat sends. Each opens with its type and its event: that is how it is counted."""
from __future__ import annotations

import time
import uuid
from typing import Any

from .threads import Thread

_MOST_RECENT_TURNS = 20


def rehydration(thread_id: str, thread: Thread) -> dict[str, Any]:
    """What the server has of a thread, so that a client that comes back needs no other request."""
    return {
        "type": "rehydration",
        "thread_id": thread_id,
        "rehydrated": True,
        "active_domain": None,
        "current_intent": None,
        "conversation_summary": "",
        "turn_count": len(thread.turns),
        "agent_contexts": {},
        "shared_context": {},
        "recent_turns": thread.turns[-_MOST_RECENT_TURNS:],
    }


def assistant_message(thread_id: str, text: str, in_reply_to: str, correlation_id: str) -> dict[str, Any]:
    """An answer; clients deduplicate by what it replies to."""
    return {
        "type": "chat_message",
        "event": "assistant_message",
        "thread_id": thread_id,
        "payload": {"text": text, "rich": {"recommendations": [], "agent": "echo"}},
        "meta": {
            "in_reply_to": in_reply_to,
            "queued_message_id": str(uuid.uuid4()),
            "traces": {"memory": {}, "correlation_id": correlation_id},
            "sent_at": round(time.time() * 1000),
        },
    }


def pong(ping_id: int) -> dict[str, Any]:
    """The answer to a ping, with the server's clock."""
    return {"type": "pong", "id": ping_id, "server_time": round(time.time() * 1000)}


def chat_error(thread_id: str | None, message: str) -> dict[str, Any]:
    """What a user is told of a frame that was refused."""
    payload = {"message": message}
    return {"type": "chat_error", "event": "error", "payload": payload, "thread_id": thread_id or ""}
