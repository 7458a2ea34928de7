"""What else is counted, timed and logged."""
from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import sys
import unittest

from prometheus_client import CollectorRegistry
from sockscope_channels import (
    Instrumentation,
    InvalidAppError,
    InvalidRoutesError,
    NotMeasuredError,
    OwnWords,
    connection_of,
)
from sockscope_channels.connection_log import log_json
from sockscope_channels.credentials import has_credentials
from sockscope_channels.frame_event import frame_event
from sockscope_channels.generated.catalog import (
    SERVER_CONNECTIONS_ACTIVE,
    SERVER_CONNECTIONS_OPENED,
    SERVER_CONNECTION_AGE,
    SERVER_CONNECTION_DURATION,
    SERVER_FRAMES_RECEIVED,
    SERVER_FRAMES_SENT,
    SERVER_HANDSHAKES_REJECTED,
    SERVER_MESSAGE_DELIVERY,
    SERVER_REHYDRATIONS,
    SERVER_REHYDRATION_DURATION,
    SERVER_SEND_ERRORS,
)

from .daphne_process import ROOT
from .fake_server import FakeServer, settle
from .series import series

#: The table that the server for Node is held to, too.
_CREDENTIALS = ROOT.parent.parent / "catalog/handshakes/credentials.json"

class MeasurementsTest(unittest.IsolatedAsyncioTestCase):
    """One connection from its upgrade on."""

    async def opened(self, then=None, **options) -> FakeServer:
        """A connection that is open; `then` is awaited with its `Connection` when it opened."""

        async def application(scope, receive, send):
            await receive()
            connection_of(scope).auth_method = "cookie"
            await send({"type": "websocket.accept"})
            if then is not None:
                await then(connection_of(scope))
            while (await receive())["type"] != "websocket.disconnect":
                pass

        server = FakeServer(application, **options)
        server.start()
        await settle()
        self.addAsyncCleanup(self.ended, server)
        return server

    async def ended(self, server: FakeServer) -> None:
        """Nothing is left of it."""
        await server.leave(1000)
        await asyncio.gather(server.task, return_exceptions=True)

    async def test_counts_the_way_to_authenticate_and_the_age_of_what_is_open(self):
        server = await self.opened()
        server.clock.seconds += 40
        self.assertEqual(
            server.moved(),
            {
                series(SERVER_CONNECTIONS_OPENED, auth_method="cookie", route="/ws"): 1,
                series(SERVER_CONNECTIONS_ACTIVE, route="/ws"): 1,
                series(SERVER_CONNECTION_AGE, "_gcount"): 1,
                series(SERVER_CONNECTION_AGE, "_gsum"): 40,
            },
        )

    async def test_observes_a_connection_of_a_minute_as_a_minute_and_logs_it(self):
        server = await self.opened()
        server.clock.seconds += 60
        await server.leave(1000)
        self.assertEqual(server.moved()[series(SERVER_CONNECTION_DURATION, "_sum")], 60)
        connect, close = server.lines
        identity = {"route": "/ws", "correlation_id": connect["correlation_id"]}
        self.assertEqual(connect, {"event": "connect", **identity, "auth_method": "cookie"})
        self.assertEqual(
            close, {"event": "close", **identity, "code": 1000, "reason": "peer", "duration_seconds": 60}
        )

    async def test_names_the_thread_in_lines_once_it_is_known(self):
        async def name(connection):
            connection.thread_id = "thread-1"

        server = await self.opened(name)
        await server.leave(1000)
        self.assertNotIn("thread_id", server.lines[0])
        self.assertEqual(server.lines[1]["thread_id"], "thread-1")

    async def test_says_gauge_histogram_where_the_format_has_one(self):
        server = await self.opened()
        text = server.instrumentation.expose("application/openmetrics-text")[1].decode()
        self.assertIn(f"# TYPE {SERVER_CONNECTION_AGE.name} gaugehistogram", text)
        self.assertIn(f"{series(SERVER_CONNECTION_AGE, '_gcount', app='chat')} 1", text)
        text = server.instrumentation.expose()[1].decode()
        self.assertIn(f"# TYPE {SERVER_CONNECTION_AGE.name} untyped", text)
        self.assertNotIn("_created", text)

    async def test_names_frames_by_their_opening_and_others_other(self):
        async def talk(connection):
            await connection.send({"type": "pong", "id": 1})
            await connection.send({"type": "unheard_of"})

        server = await self.opened(talk)
        await server.say('{"type":"ping","id":1}', "nonsense")
        moved = server.moved()
        for name in (
            series(SERVER_FRAMES_SENT, event="pong"),
            series(SERVER_FRAMES_SENT, event="other"),
            series(SERVER_FRAMES_RECEIVED, event="ping"),
            series(SERVER_FRAMES_RECEIVED, event="other"),
        ):
            self.assertEqual(moved[name], 1)

    async def test_counts_frames_of_the_deployment_by_their_names(self):
        server = await self.opened(own=OwnWords(frames_to_server=["join"], auth_methods=["ticket"]))
        await server.say('{"type":"join"}')
        self.assertEqual(server.moved()[series(SERVER_FRAMES_RECEIVED, event="join")], 1)

    async def test_observes_how_long_a_message_was_on_its_way(self):
        async def deliver(connection):
            await connection.send({"type": "pong"}, accepted_at=connection.now() - 0.25)

        moved = (await self.opened(deliver)).moved()
        self.assertEqual(moved[series(SERVER_MESSAGE_DELIVERY, "_count")], 1)
        self.assertEqual(moved[series(SERVER_MESSAGE_DELIVERY, "_sum")], 0.25)

    async def test_times_one_rehydration_a_connection_from_the_hello_on(self):
        connections = []

        async def keep(connection):
            connections.append(connection)

        server = await self.opened(keep)
        server.clock.seconds += 5
        await server.say('{"type":"client_hello","thread_id":"t"}')
        server.clock.seconds += 0.25
        # Whoever asks again has waited since the first time.
        await server.say('{"type":"client_hello","thread_id":"t"}')
        server.clock.seconds += 0.25
        await connections[0].send({"type": "rehydration"})
        await connections[0].send({"type": "rehydration"})
        connections[0].rehydrated("failed")
        moved = server.moved()
        self.assertEqual(moved[series(SERVER_REHYDRATIONS, outcome="sent")], 1)
        self.assertEqual(moved[series(SERVER_REHYDRATION_DURATION, "_sum")], 0.5)
        self.assertNotIn(series(SERVER_REHYDRATIONS, outcome="failed"), moved)

    async def test_times_no_rehydration_that_nobody_asked_for(self):
        connections = []

        async def keep(connection):
            connections.append(connection)

        server = await self.opened(keep)
        server.clock.seconds += 2
        await connections[0].send({"type": "rehydration"})
        self.assertNotIn(series(SERVER_REHYDRATION_DURATION, "_count"), server.moved())

    async def test_counts_why_a_frame_could_not_be_sent(self):
        connections = []

        async def keep(connection):
            connections.append(connection)

        server = await self.opened(keep)
        with self.assertRaises(TypeError):
            await connections[0].send({"type": object()})
        server.failure = RuntimeError("unexpected")
        with self.assertRaises(RuntimeError):
            await connections[0].send({"type": "pong"})
        server.failure = None
        await server.leave(1000)
        self.assertFalse(await connections[0].send({"type": "pong"}))
        moved = server.moved()
        for reason in ("serialization", "other", "closed"):
            self.assertEqual(moved[series(SERVER_SEND_ERRORS, reason=reason)], 1)
        self.assertFalse(any(name.startswith(SERVER_FRAMES_SENT.name) for name in moved))


class LostLoopTest(unittest.TestCase):
    """An event loop that is thrown away with what runs in it."""

    def test_a_connection_whose_task_is_gone_without_an_end_is_not_open(self):
        async def opened(scope, receive, send):
            await receive()
            await send({"type": "websocket.accept"})
            await asyncio.Event().wait()

        async def open_one() -> FakeServer:
            server = FakeServer(opened)
            server.start()
            await settle()
            return server

        loop = asyncio.new_event_loop()
        loop.set_exception_handler(lambda *_: None)
        server = loop.run_until_complete(open_one())
        self.assertEqual(server.moved()[series(SERVER_CONNECTIONS_ACTIVE, route="/ws")], 1)
        loop.close()
        server.task = None
        with silent_unraisable():
            gc.collect()
        self.assertNotIn(series(SERVER_CONNECTIONS_ACTIVE, route="/ws"), server.moved())


@contextlib.contextmanager
def silent_unraisable():
    """What a coroutine says that ends without its loop is expected."""
    hook, sys.unraisablehook = sys.unraisablehook, lambda _: None
    try:
        yield
    finally:
        sys.unraisablehook = hook


class HandshakeTest(unittest.IsolatedAsyncioTestCase):
    """Upgrades that are not accepted."""

    async def refused(self, application, **scope) -> dict[str, float]:
        """What moves when the application answers so."""
        server = FakeServer(application, **scope)
        await asyncio.gather(server.start(), return_exceptions=True)
        return server.moved()

    async def test_a_close_before_the_accept_is_403(self):
        async def deny(scope, receive, send):
            await send({"type": "websocket.close", "code": 4401})

        self.assertEqual(
            await self.refused(deny), {series(SERVER_HANDSHAKES_REJECTED, credentials="absent", status="403"): 1}
        )

    async def test_a_denial_response_has_its_status_and_one_out_of_the_set_is_other(self):
        for status, label in ((429, "429"), (418, "other")):

            async def deny(scope, receive, send):
                await send({"type": "websocket.http.response.start", "status": status, "headers": []})
                await send({"type": "websocket.http.response.body", "body": b""})

            moved = await self.refused(deny, headers=[(b"cookie", b"session=1")])
            self.assertEqual(
                moved, {series(SERVER_HANDSHAKES_REJECTED, credentials="present", status=label): 1}
            )

    async def test_an_exception_before_the_accept_is_500_which_is_other(self):
        async def fail(scope, receive, send):
            raise RuntimeError

        self.assertEqual(
            await self.refused(fail), {series(SERVER_HANDSHAKES_REJECTED, credentials="absent", status="other"): 1}
        )

    async def test_an_application_that_returns_without_an_answer_refuses(self):
        async def nothing(scope, receive, send):
            await receive()

        self.assertEqual(
            await self.refused(nothing), {series(SERVER_HANDSHAKES_REJECTED, credentials="absent", status="403"): 1}
        )

    async def test_a_peer_that_is_gone_before_the_answer_counts_nowhere(self):
        async def slow(scope, receive, send):
            while (await receive())["type"] != "websocket.disconnect":
                pass
            await send({"type": "websocket.accept"})

        server = FakeServer(slow)
        task = server.start()
        await server.leave(1006)
        await task
        self.assertEqual(server.moved(), {})

    def test_credentials_are_what_they_are_on_every_server(self):
        for case in json.loads(_CREDENTIALS.read_text()):
            scope = {
                "headers": [(name.encode(), value.encode()) for name, value in case.get("headers", {}).items()],
                "query_string": case.get("query", "").encode(),
                "subprotocols": case.get("subprotocols", []),
            }
            with self.subTest(case["what"]):
                self.assertEqual(has_credentials(scope), case["credentials"] == "present")


class LogTest(unittest.TestCase):
    """The levels of lines."""

    def test_what_somebody_has_to_look_at_is_a_warning(self):
        for level, line in (
            ("INFO", {"event": "connect"}),
            ("INFO", {"event": "close", "code": 1000, "reason": "peer"}),
            ("INFO", {"event": "close", "code": 1006, "reason": "lost"}),
            ("WARNING", {"event": "close", "code": 1011, "reason": "internal_error"}),
            ("WARNING", {"event": "close", "code": 1013, "reason": "overload"}),
            ("WARNING", {"event": "close", "code": 1013, "reason": "slow_consumer"}),
            ("WARNING", {"event": "close", "code": 1002, "reason": "other"}),
            ("WARNING", {"event": "error", "message": "ValueError"}),
        ):
            with self.subTest(line), self.assertLogs("sockscope.connections", "INFO") as logs:
                log_json(line)
                self.assertEqual([record.levelname for record in logs.records], [level])


class ConfigurationTest(unittest.TestCase):
    """What cannot be a label."""

    def test_an_app_and_routes_that_cannot_be_labels_are_refused(self):
        for app in ("", "other", "a b", "a" * 64, None):
            with self.assertRaises(InvalidAppError):
                Instrumentation(app, ["/ws"])
        Instrumentation("a" * 63, ["/ws"], registry=CollectorRegistry())
        for routes in ([""], ["a,b"], [str(number) for number in range(9)]):
            with self.assertRaises(InvalidRoutesError):
                Instrumentation("chat", routes)

    def test_a_route_is_a_path_or_a_name_with_an_expression(self):
        server = FakeServer(None)
        self.assertEqual(server.instrumentation.route_of({"path": "/ws"}), "/ws")
        self.assertEqual(server.instrumentation.route_of({"path": "/ws/1"}), "other")

    def test_a_scope_without_the_middleware_says_what_to_do(self):
        with self.assertRaisesRegex(NotMeasuredError, "SockscopeMiddleware"):
            connection_of({})


class FrameEventTest(unittest.TestCase):
    """A frame is named as everywhere else."""

    def test_the_event_else_the_type_else_other(self):
        for text, event in (
            ('{"type":"chat_message","event":"user_message"}', "user_message"),
            ('  { "type" : "ping" , "id" : 1 }', "ping"),
            ('{"event":"user_message","type":"chat_message"}', "other"),
            ('{"type":"né"}', "other"),
            ("", "other"),
            (None, "other"),
        ):
            self.assertEqual(frame_event(text), event)
