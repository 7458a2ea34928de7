"""The vocabulary in which the catalog declares metrics: plain data."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Capped:
    """Values known only at run time, bounded: the first `top` keep their name, the rest become `other`."""

    top: int
    other: str


#: What values a label can have. A tuple is a closed set.
Domain = tuple[str, ...] | Capped


@dataclass(frozen=True)
class Metric:
    """A metric of the catalog, without the label `app`, which every metric has."""

    kind: Literal["counter", "gauge", "histogram", "gauge_histogram"]
    #: As it appears in Prometheus.
    name: str
    help: str
    labels: Mapping[str, Domain]
    #: The upper bounds of a histogram's buckets, in the metric's unit; `+Inf` is implied.
    bounds: tuple[float, ...] = ()
    #: The largest value that one observation may have; larger ones are clamped to it.
    largest: float = field(default=float("inf"))


@dataclass(frozen=True)
class ClosePolicy:
    """What a client does after a close, and what its user is told."""

    action: Literal["stop", "retry"]
    user_sees: str
    #: `in the reason`: the close reason may say when to come back, as `retry_after_ms`.
    advice: str | None = None
    #: `longer`: the first delay is longer than usual, because the server is overloaded.
    first_delay: str | None = None
    token_refresh: str | None = None
