"""Measures every WebSocket of an ASGI application."""
from __future__ import annotations

from typing import Any

from .daphne_shutdown import DaphneShutdown
from .instrumentation import Instrumentation
from .measured_socket import Application, MeasuredSocket, Send, end_for
from .read_ahead import Receive


class SockscopeMiddleware:
    """
    ASGI middleware, the outermost: what a middleware around it refuses is not counted.

    It needs neither Django nor Channels. Without an instrumentation of its own it is the one of the settings.
    """

    def __init__(self, application: Application, instrumentation: Instrumentation | None = None) -> None:
        self._application = application
        if instrumentation is None:
            from .settings import instrumentation_of_settings

            instrumentation = instrumentation_of_settings()
        self._instrumentation = instrumentation
        self._shutdown = DaphneShutdown(end_for)

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self._application(scope, receive, send)
            return
        route = self._instrumentation.route_of(scope)
        socket = MeasuredSocket(scope, route, receive, send, self._instrumentation.environment)
        if socket.connection_on_daphne is not None:
            self._shutdown.watch(socket.connection_on_daphne)
        await socket.serve(self._application)
