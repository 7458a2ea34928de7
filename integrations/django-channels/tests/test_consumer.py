"""What a consumer's mixin answers to a hello."""
from __future__ import annotations

import json
import unittest

from channels.generic.websocket import AsyncWebsocketConsumer
from sockscope_channels import RehydrationForbidden, SockscopeConsumerMixin
from sockscope_channels.generated.catalog import SERVER_CLOSES, SERVER_REHYDRATIONS

from . import channels_settings  # noqa: F401 - has an effect
from .fake_server import FakeServer, settle
from .series import series

THREAD = "0b0c6f1e-8a33-4d0b-9d4e-000000000001"
SECRET = "0b0c6f1e-8a33-4d0b-9d4e-000000000002"
BROKEN = "0b0c6f1e-8a33-4d0b-9d4e-000000000003"
HELLO = f'{{"type":"client_hello","thread_id":"{THREAD}"}}'
#: Deeper than Python follows.
DEEP = "[" * 30_000


class Consumer(SockscopeConsumerMixin, AsyncWebsocketConsumer):
    """Hands out one thread, keeps another, and loses a third."""

    async def rehydrate(self, thread_id):
        """By the thread's name."""
        if thread_id == SECRET:
            raise RehydrationForbidden
        if thread_id == BROKEN:
            raise LookupError
        return {"type": "rehydration", "thread_id": thread_id}

    async def receive(self, text_data=None, bytes_data=None):
        """Repeats what is none of the mixin's."""
        await self.send_frame({"type": "echo", "text": text_data})


class ConsumerTest(unittest.IsolatedAsyncioTestCase):
    """One connection to the consumer."""

    async def asked(self, hello: str, code: int) -> FakeServer:
        """A connection whose peer said hello so, and answered a close with this code."""
        server = FakeServer(Consumer.as_asgi())
        task = server.start()
        await settle()
        await server.say(hello)
        await server.leave(code)
        try:
            await task
        except LookupError:
            pass
        return server

    async def test_sends_the_thread_and_names_it_in_the_log(self):
        server = await self.asked(HELLO, 1000)
        self.assertEqual(json.loads(server.sent[-1]["text"])["type"], "rehydration")
        self.assertEqual(server.moved()[series(SERVER_REHYDRATIONS, outcome="sent")], 1)
        self.assertEqual(server.lines[-1]["thread_id"], THREAD)

    async def test_closes_for_a_thread_that_is_forbidden(self):
        server = await self.asked(HELLO.replace(THREAD, SECRET), 4403)
        self.assertEqual(server.sent[-1], {"type": "websocket.close", "code": 4403, "reason": "forbidden"})
        moved = server.moved()
        self.assertEqual(moved[series(SERVER_REHYDRATIONS, outcome="forbidden")], 1)
        self.assertEqual(moved[series(SERVER_CLOSES, code="4403", reason="forbidden")], 1)

    async def test_counts_a_rehydration_that_fails_and_closes_for_internal_error(self):
        server = await self.asked(HELLO.replace(THREAD, BROKEN), 1011)
        moved = server.moved()
        self.assertEqual(moved[series(SERVER_REHYDRATIONS, outcome="failed")], 1)
        self.assertEqual(moved[series(SERVER_CLOSES, code="1011", reason="internal_error")], 1)

    async def test_leaves_every_other_frame_to_the_consumer(self):
        nameless = (HELLO.replace(THREAD, "a b c"), HELLO.replace(THREAD, "a" * 200), HELLO.replace(f'"{THREAD}"', DEEP))
        for text in ('{"type":"ping"}', '{"type":"client_hello"}', "[]", *nameless):
            server = await self.asked(text, 1000)
            self.assertEqual(json.loads(server.sent[-1]["text"])["text"], text)
