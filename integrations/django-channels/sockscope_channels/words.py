"""The words that count by themselves: the catalog's own, and a deployment's."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .declarations import Capped, Metric
from .generated.catalog import (
    AUTH_METHOD,
    CLIENT_FRAME_EVENTS,
    CLOSE_CODE_LABELS,
    CLOSE_REASON,
    CLOSE_REASONS,
    SERVER_FRAME_EVENTS,
)


@dataclass(frozen=True)
class OwnWords:
    """What a deployment adds to the catalog, as its `sockscope.config.json` says it. Everything else stays closed."""

    #: Names of frames from the server to the client.
    frames_to_client: Sequence[str] = ()
    #: Names of frames from the client to the server.
    frames_to_server: Sequence[str] = ()
    #: Private close codes that count by themselves.
    close_codes: Sequence[int] = ()
    #: Reasons to close, each with its close code.
    close_reasons: Mapping[str, int] = field(default_factory=dict)
    #: Ways to authenticate.
    auth_methods: Sequence[str] = ()


class Words:
    """The catalog's words with those of a deployment."""

    def __init__(self, own: OwnWords = OwnWords()) -> None:
        self._own_codes = [str(code) for code in own.close_codes]
        #: The close code of each reason. A deployment may not redefine the catalog's.
        self.close_reasons: Mapping[str, int] = {**own.close_reasons, **CLOSE_REASONS}
        self._extended: dict[tuple[str, ...], tuple[str, ...]] = {
            domain: _extended(domain, more)
            for domain, more in (
                (SERVER_FRAME_EVENTS, own.frames_to_client),
                (CLIENT_FRAME_EVENTS, own.frames_to_server),
                (CLOSE_CODE_LABELS, self._own_codes),
                (CLOSE_REASON, list(own.close_reasons)),
                (AUTH_METHOD, own.auth_methods),
            )
        }

    def values(self, metric: Metric, label: str, routes: Sequence[str] = ()) -> tuple[str, ...]:
        """Every value that a label can have; a capped label's are the routes and what stands for all others."""
        domain = metric.labels[label]
        if isinstance(domain, Capped):
            return (*routes[: domain.top], domain.other)
        return self._extended.get(domain, domain)

    def close_code_label(self, code: int) -> str:
        """The label value for a close code, so that no code can create a series of its own."""
        known = (*self._own_codes, *CLOSE_CODE_LABELS)
        for label in (str(code), f"{code // 1000}xxx"):
            if label in known:
                return label
        return "unassigned"

    def first_reason_of(self, code: int) -> str | None:
        """The first reason that has this code: what an application means that closes with nothing but the code."""
        own_last = sorted(self.close_reasons.items(), key=lambda entry: entry[0] not in CLOSE_REASONS)
        return next((reason for reason, of_reason in own_last if of_reason == code), None)


def _extended(domain: tuple[str, ...], own: Sequence[str]) -> tuple[str, ...]:
    """The last value stands for everything else, and stays the last."""
    return (*domain[:-1], *own, domain[-1]) if own else domain
