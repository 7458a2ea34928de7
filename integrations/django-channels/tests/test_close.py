"""Under which code and reason a close counts."""
from __future__ import annotations

import asyncio
import unittest

from sockscope_channels import OwnWords, UnknownCloseReasonError, connection_of
from sockscope_channels.generated.catalog import (
    SERVER_CLOSES,
    SERVER_CONNECTIONS_ACTIVE,
    SERVER_FRAMES_RECEIVED,
    SERVER_FRAMES_SENT,
    SERVER_RECONNECT_ADVICE,
)

from .fake_server import FakeServer, settle
from .series import series


async def accepting(scope, receive, send):
    """Accepts, and does what frames say until the peer is gone."""
    await receive()
    await send({"type": "websocket.accept"})
    while (message := await receive())["type"] != "websocket.disconnect":
        command, _, argument = message["text"].partition(" ")
        match command:
            case "reason":
                await connection_of(scope).close_with(argument)
            case "advice":
                await connection_of(scope).close_with(argument, retry_after_ms=4213)
            case "code":
                await send({"type": "websocket.close", "code": int(argument)})
            case "throw":
                raise RuntimeError("what a peer sent")
            case "return":
                return


def closes(code: str, reason: str) -> str:
    """The series of a close."""
    return series(SERVER_CLOSES, code=code, reason=reason)


class CloseTest(unittest.IsolatedAsyncioTestCase):
    """What the server, the peer and the network do to a connection."""

    async def closed(self, command: str | None, code: int | None, reason: str = "", **options) -> FakeServer:
        """A connection that ends so."""
        server = FakeServer(accepting, **options)
        server.start()
        await settle()
        if command is not None:
            await server.say(command)
        await server.leave(code, reason)
        await server.task
        return server

    async def assert_closed(self, labels: tuple[str, str], *closed, **options) -> None:
        """The close counts under these labels, and once."""
        server = await self.closed(*closed, **options)
        counted = {name: by for name, by in server.moved().items() if name.startswith(SERVER_CLOSES.name)}
        self.assertEqual(counted, {closes(*labels): 1})

    async def test_a_peer_that_closes_is_peer_whatever_its_text_says(self):
        await self.assert_closed(("1000", "peer"), None, 1000, "restart")
        await self.assert_closed(("1005", "peer"), None, None)
        await self.assert_closed(("1011", "peer"), None, 1011, "oops")

    async def test_a_peer_that_vanishes_is_lost(self):
        await self.assert_closed(("1006", "lost"), None, 1006)

    async def test_a_reason_counts_with_its_code_when_the_peer_answers_and_when_it_does_not(self):
        await self.assert_closed(("4401", "authentication_expired"), "reason authentication_expired", 4401)
        await self.assert_closed(("1012", "restart"), "reason restart", 1006)

    async def test_what_the_peer_sent_first_wins_a_race(self):
        await self.assert_closed(("1000", "peer"), "reason restart", 1000)

    async def test_a_code_without_a_reason_counts_under_the_first_reason_of_it(self):
        for code, reason in (
            (4401, "authentication_required"),
            (1011, "internal_error"),
            (1012, "restart"),
            (1013, "overload"),
            (1000, "normal"),
            (1001, "going_away"),
        ):
            await self.assert_closed((str(code), reason), f"code {code}", code)

    async def test_a_code_of_nobody_counts_as_other_in_its_range(self):
        await self.assert_closed(("4xxx", "other"), "code 4999", 4999)

    async def test_a_code_of_the_deployment_counts_under_its_own_reason(self):
        own = OwnWords(close_codes=[4999], close_reasons={"out_of_credit": 4999})
        await self.assert_closed(("4999", "out_of_credit"), "code 4999", 4999, own=own)
        await self.assert_closed(("4999", "out_of_credit"), "reason out_of_credit", 1006, own=own)

    async def test_a_keepalive_timeout_of_the_framework_is_a_heartbeat_timeout(self):
        await self.assert_closed(("3008", "heartbeat_timeout"), None, 1011, "keepalive ping timeout")

    async def test_an_exception_closes_for_internal_error_is_logged_without_its_text_and_raised(self):
        server = FakeServer(accepting)
        task = server.start()
        await settle()
        await server.say("throw")
        self.assertEqual(server.sent[-1], {"type": "websocket.close", "code": 1011, "reason": "internal_error"})
        await server.leave(1011)
        with self.assertRaises(RuntimeError):
            await task
        self.assertEqual(server.moved()[closes("1011", "internal_error")], 1)
        error = next(line for line in server.lines if line["event"] == "error")
        self.assertRegex(error["message"], r"^RuntimeError at test_close\.py:\d+$")

    async def test_an_application_that_returns_leaves_no_socket_open(self):
        server = FakeServer(accepting)
        task = server.start()
        await settle()
        await server.say("return")
        self.assertEqual(server.sent[-1]["code"], 1000)
        await server.leave(1000)
        await task
        self.assertEqual(server.moved()[closes("1000", "normal")], 1)

    async def test_an_application_that_is_cancelled_closes_for_restart(self):
        server = FakeServer(accepting)
        task = server.start()
        await settle()
        task.cancel()
        await settle()
        self.assertEqual(server.sent[-1]["code"], 1012)
        await server.leave(1006)
        with self.assertRaises(asyncio.CancelledError):
            await task
        self.assertEqual(server.moved()[closes("1012", "restart")], 1)

    async def test_a_peer_that_leaves_while_the_application_is_busy_is_gone_at_once(self):
        async def busy(scope, receive, send):
            await receive()
            await send({"type": "websocket.accept"})
            await asyncio.Event().wait()

        server = FakeServer(busy)
        task = server.start()
        await settle()
        self.assertEqual(server.moved()[series(SERVER_CONNECTIONS_ACTIVE, route="/ws")], 1)
        await server.leave(1001)
        self.assertNotIn(series(SERVER_CONNECTIONS_ACTIVE, route="/ws"), server.moved())
        self.assertEqual(server.moved()[closes("1001", "peer")], 1)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        self.assertEqual(server.moved()[closes("1001", "peer")], 1)

    async def test_no_more_is_read_ahead_than_has_room(self):
        async def busy(scope, receive, send):
            await receive()
            await send({"type": "websocket.accept"})
            await asyncio.Event().wait()

        server = FakeServer(busy)
        task = server.start()
        await settle()
        for _ in range(10):
            await server.say(*["{}"] * 20)
        self.assertEqual(server.moved()[series(SERVER_FRAMES_RECEIVED, event="other")], 64)
        task.cancel()
        await server.leave(1000)
        await asyncio.gather(task, return_exceptions=True)
        self.assertEqual(server.moved()[closes("1000", "peer")], 1)

    async def test_advice_is_in_the_text_where_the_server_sends_one(self):
        server = await self.closed("advice restart", 1012)
        self.assertEqual(server.sent[-1]["reason"], "restart retry_after_ms=4213")
        self.assertEqual(server.moved()[series(SERVER_RECONNECT_ADVICE, code="1012")], 1)

    async def test_advice_is_a_frame_where_the_server_sends_no_text(self):
        server = await self.closed("advice overload", 1013, spec_version="2.0")
        self.assertEqual(server.sent[-2]["text"], '{"type": "advice", "retry_after_ms": 4213}')
        self.assertEqual(server.moved()[series(SERVER_FRAMES_SENT, event="advice")], 1)
        self.assertEqual(server.moved()[series(SERVER_RECONNECT_ADVICE, code="1013")], 1)

    async def test_a_code_without_advice_in_its_policy_has_none(self):
        server = await self.closed("advice normal", 1000)
        self.assertEqual(server.sent[-1]["reason"], "normal")
        self.assertFalse(any("advice" in name for name in server.moved()))

    async def test_the_text_of_a_long_reason_fits_a_close_frame_with_its_advice(self):
        own = OwnWords(close_reasons={"é" * 100: 1012})
        server = await self.closed("advice " + "é" * 100, 1012, own=own)
        text = server.sent[-1]["reason"]
        self.assertLessEqual(len(text.encode()), 123)
        self.assertTrue(text.endswith(" retry_after_ms=4213"))

    async def test_an_unknown_reason_is_a_fault_of_the_caller(self):
        server = FakeServer(accepting)
        task = server.start()
        await settle()
        await server.say("reason unheard_of")
        await server.leave(1011)
        with self.assertRaisesRegex(UnknownCloseReasonError, "unheard_of.*restart"):
            await task


if __name__ == "__main__":
    unittest.main()
