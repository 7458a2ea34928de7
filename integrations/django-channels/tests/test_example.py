"""What the example answers to frames that any user can send."""
from __future__ import annotations

import asyncio
import json
import sys
import unittest

from sockscope_channels.generated.catalog import (
    MAX_CLIENT_FRAME_BYTES,
    SERVER_CLOSES,
    SERVER_FRAMES_REFUSED,
    SERVER_REHYDRATIONS,
)

from . import channels_settings  # noqa: F401 - has an effect
from .daphne_process import ROOT
from .fake_server import FakeServer, settle
from .series import series
from .test_consumer import DEEP, HELLO, THREAD

sys.path.append(str(ROOT / "example"))

from chat.consumers import ChatConsumer  # noqa: E402 - where it is was said just above


def message(message_id: str) -> str:
    """What a user writes."""
    meta = {"message_id": message_id}
    return json.dumps(
        {"type": "chat_message", "event": "user_message", "payload": {"text": "Hello?"}, "meta": meta}
    )


class ExampleTest(unittest.IsolatedAsyncioTestCase):
    """One user's connection."""

    async def asyncSetUp(self) -> None:
        self.server = FakeServer(ChatConsumer.as_asgi(), auth_failure=None, user_id="alice")
        self.server.start()
        await settle()
        self.addAsyncCleanup(self.end)

    async def end(self) -> None:
        """Nothing is left of it."""
        await self.server.leave(1000)
        await asyncio.gather(self.server.task, return_exceptions=True)

    def events(self) -> list[str]:
        """What the user heard."""
        frames = [json.loads(sent["text"]) for sent in self.server.sent if sent["type"] == "websocket.send"]
        return [frame.get("event", frame["type"]) for frame in frames]

    async def test_refuses_what_is_no_frame_and_goes_on(self):
        bad = (DEEP, HELLO.replace(THREAD, "a b c"), HELLO.replace(f'"{THREAD}"', DEEP), message("not one"))
        await self.server.say(*bad, '{"type":"ping","id":1}')
        self.assertEqual(self.events(), ["error"] * len(bad) + ["pong"])
        moved = self.server.moved()
        self.assertEqual(moved[series(SERVER_FRAMES_REFUSED, reason="invalid")], len(bad))
        self.assertNotIn(series(SERVER_REHYDRATIONS, outcome="failed"), moved)

    async def test_answers_a_message_that_comes_twice_once(self):
        await self.server.say(HELLO, message("m-1"), message("m-1"), message("m-2"))
        self.assertEqual(self.events(), ["rehydration", "assistant_message", "assistant_message"])

    async def test_closes_for_a_frame_that_is_longer_than_the_contract_asks_for(self):
        await self.server.say("x" * MAX_CLIENT_FRAME_BYTES)
        self.assertEqual(self.events(), ["error"])
        await self.server.say("x" * (MAX_CLIENT_FRAME_BYTES + 1))
        self.assertEqual(self.server.sent[-1]["code"], 1009)
        await self.server.leave(1009)
        self.assertEqual(self.server.moved()[series(SERVER_CLOSES, code="1009", reason="other")], 1)
