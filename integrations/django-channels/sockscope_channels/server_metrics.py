"""The catalog's server metrics that only grow, told in the words of what happens on a server."""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from prometheus_client.metrics_core import Metric as Family

from .close_cause import LOST, CloseCause, usual_causes
from .errors import InvalidAppError, InvalidRoutesError
from .generated import catalog
from .live_metric import LiveCounter, LiveHistogram
from .words import Words

_APP_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,62}", re.ASCII)


class ServerMetrics:
    """Counters and histograms of one process. What is open at a moment is in `OpenConnections`."""

    def __init__(self, app: str, routes: Sequence[str], words: Words) -> None:
        _require_app(app)
        _require_routes(routes)
        self._words = words
        self._opened = LiveCounter(catalog.SERVER_CONNECTIONS_OPENED, app, words, routes)
        self._rejected = LiveCounter(catalog.SERVER_HANDSHAKES_REJECTED, app, words)
        self._closes = LiveCounter(catalog.SERVER_CLOSES, app, words)
        self._duration = LiveHistogram(catalog.SERVER_CONNECTION_DURATION, app)
        self._sent = LiveCounter(catalog.SERVER_FRAMES_SENT, app, words)
        self._received = LiveCounter(catalog.SERVER_FRAMES_RECEIVED, app, words)
        self._refused = LiveCounter(catalog.SERVER_FRAMES_REFUSED, app, words)
        self._send_errors = LiveCounter(catalog.SERVER_SEND_ERRORS, app, words)
        self._delivery = LiveHistogram(catalog.SERVER_MESSAGE_DELIVERY, app)
        self._advice = LiveCounter(catalog.SERVER_RECONNECT_ADVICE, app, words)
        self._rehydrations = LiveCounter(catalog.SERVER_REHYDRATIONS, app, words)
        self._rehydration = LiveHistogram(catalog.SERVER_REHYDRATION_DURATION, app)
        self._create_expected_series(routes)

    def opened(self, route: str, auth_method: str) -> None:
        """A connection was accepted."""
        self._opened.add(route=route, auth_method=auth_method)

    def rejected(self, status: int, has_credentials: bool) -> None:
        """An upgrade was answered with an HTTP error."""
        self._rejected.add(status=str(status), credentials="present" if has_credentials else "absent")

    def closed(self, cause: CloseCause, duration_seconds: float) -> None:
        """A connection is over."""
        self._count_close(cause)
        self._duration.observe(duration_seconds)

    def lost_with_its_worker(self) -> None:
        """A connection is over since some time between two scrapes: how long it lasted, nobody knows."""
        self._count_close(LOST)

    def sent(self, event: str) -> None:
        """A frame was handed to the server."""
        self._sent.add(event=event)

    def received(self, event: str) -> None:
        """A frame came in."""
        self._received.add(event=event)

    def refused(self, reason: str) -> None:
        """A frame was answered with an error."""
        self._refused.add(reason=reason)

    def send_failed(self, reason: str) -> None:
        """A frame could not be handed to the server."""
        self._send_errors.add(reason=reason)

    def delivered(self, seconds: float) -> None:
        """A message reached the server's socket so long after it was accepted."""
        self._delivery.observe(seconds)

    def advised(self, code: int) -> None:
        """A client was told when to come back."""
        self._advice.add(code=str(code))

    def rehydrated(self, outcome: str) -> None:
        """A rehydration ended."""
        self._rehydrations.add(outcome=outcome)

    def rehydration_took(self, seconds: float) -> None:
        """A rehydration was sent so long after it was asked for."""
        self._rehydration.observe(seconds)

    def collect(self) -> Iterator[Family]:
        """Every family, without the series in which prometheus_client says when it made them."""
        for live in vars(self).values():
            if isinstance(live, (LiveCounter, LiveHistogram)):
                for family in live.collect():
                    family.samples = [s for s in family.samples if not s.name.endswith("_created")]
                    yield family

    def _count_close(self, cause: CloseCause) -> None:
        self._closes.add(code=self._words.close_code_label(cause.code), reason=cause.reason)

    def _create_expected_series(self, routes: Sequence[str]) -> None:
        """`rate()` misses the event that creates a series, so series that any server will have begin at zero."""
        for labels in self._opened.check.combinations():
            if labels["route"] in routes:
                self._opened.add(0, **labels)
        for cause in usual_causes(self._words):
            self._closes.add(0, code=self._words.close_code_label(cause.code), reason=cause.reason)
        for counter in (
            self._rejected,
            self._sent,
            self._received,
            self._refused,
            self._send_errors,
            self._advice,
            self._rehydrations,
        ):
            for labels in counter.check.combinations():
                counter.add(0, **labels)


def _require_app(app: object) -> None:
    if not isinstance(app, str) or _APP_NAME.fullmatch(app) is None or app == "other":
        raise InvalidAppError(app)


def _require_routes(routes: Sequence[str]) -> None:
    if len(routes) > catalog.ROUTE.top:
        raise InvalidRoutesError(
            f"at most {catalog.ROUTE.top} routes have a series of their own; merge some", routes
        )
    if any(not route or "," in route for route in routes):
        raise InvalidRoutesError("a route must not be empty or contain a comma; give it a plain name", routes)
