"""An application without Channels that does what servers find difficult, as the path says, and shows its metrics."""
from __future__ import annotations

import asyncio

from sockscope_channels import Instrumentation, SockscopeMiddleware

instrumentation = Instrumentation("chat", ["/busy", "/polite", "/returns"])


async def busy(receive) -> None:
    """Never asks for another frame."""
    await asyncio.Event().wait()


async def polite(receive) -> None:
    """Listens to the end."""
    while (await receive())["type"] != "websocket.disconnect":
        pass


async def returns(receive) -> None:
    """Is done when it was told something."""
    await receive()


BEHAVIOURS = {"/busy": busy, "/polite": polite, "/returns": returns}


async def sockets(scope, receive, send) -> None:
    """Accepts, and behaves."""
    await receive()
    await send({"type": "websocket.accept"})
    await BEHAVIOURS[scope["path"]](receive)


async def metrics(send) -> None:
    """What Prometheus would scrape."""
    content_type, text = instrumentation.expose()
    headers = [(b"content-type", content_type.encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": text})


async def outermost(scope, receive, send) -> None:
    """HTTP and WebSockets."""
    if scope["type"] == "http":
        await metrics(send)
    else:
        await sockets(scope, receive, send)


application = SockscopeMiddleware(outermost, instrumentation)
