"""The threads of a chat, in memory: a thread belongs to whoever opened it first."""
from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Thread:
    """What was said, and by whose user."""

    owner: str
    turns: list[dict[str, str]] = field(default_factory=list)

    def has(self, message_id: str) -> bool:
        """Whether a message of this id was said."""
        return any(turn["message_id"] == message_id for turn in self.turns)


_THREADS: dict[str, Thread] = {}


def thread_for(thread_id: str, user_id: str) -> Thread | None:
    """The thread, if it is this user's or nobody's yet."""
    thread = _THREADS.setdefault(thread_id, Thread(user_id))
    return thread if thread.owner == user_id else None
