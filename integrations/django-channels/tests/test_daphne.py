"""Ends that Daphne does not tell an application of, or only when it is too late."""
from __future__ import annotations

import signal
import tempfile
import unittest

from sockscope_channels.generated.catalog import (
    SERVER_CLOSES,
    SERVER_CONNECTIONS_ACTIVE,
    SERVER_CONNECTIONS_OPENED,
    SERVER_CONNECTION_AGE,
    SERVER_CONNECTION_DURATION,
)

from .daphne_process import Daphne, Peer, daphne, eventually
from .series import series


def active(path: str) -> str:
    """The series of what is open on a route."""
    return series(SERVER_CONNECTIONS_ACTIVE, route=path)


def closes(code: str, reason: str) -> str:
    """The series of a close."""
    return series(SERVER_CLOSES, code=code, reason=reason)


class PeersTestCase(unittest.TestCase):
    """Tests whose peers are gone when they are over."""

    def peer(self, server: Daphne, path: str) -> Peer:
        """A peer that is connected."""
        peer = Peer(server, path)
        self.addCleanup(peer.vanish)
        return peer


class DaphneTest(PeersTestCase):
    """One process."""

    def test_a_peer_that_vanishes_from_a_busy_application_is_gone_before_daphne_kills_it(self):
        with daphne("--application-close-timeout", "2") as server:
            peer = self.peer(server, "/busy")
            eventually(lambda: server.value(active("/busy")) == 1, "is not open")
            peer.vanish()
            eventually(lambda: server.value(active("/busy")) == 0, "is still open")
            self.assertLess(server.value(series(SERVER_CONNECTION_DURATION, "_sum")), 2)
            # Killed by now: it counted once.
            other = self.peer(server, "/busy")
            other.close(1001)
            eventually(lambda: server.value(closes("1001", "peer")) == 1, "was not counted")
            self.assertEqual(server.value(closes("1006", "lost")), 1)
            self.assertEqual(server.value(closes("1012", "restart")), 0)

    def test_an_application_that_returns_leaves_no_socket_that_nobody_reads(self):
        with daphne() as server:
            peer = self.peer(server, "/returns")
            peer.say("done")
            self.assertEqual(peer.closed_with(), (1000, "normal"))
            eventually(lambda: server.value(closes("1000", "normal")) == 1, "was not counted")
            self.assertEqual(server.value(active("/returns")), 0)

    def test_a_daphne_that_stops_says_restart(self):
        with daphne() as server:
            peer = self.peer(server, "/polite")
            # A scrape just before, after which Daphne 4.0 fails to end its applications.
            self.assertEqual(server.value(active("/polite")), 1)
            server.process.send_signal(signal.SIGTERM)
            self.assertEqual(peer.closed_with(), (1012, "restart"))

    def test_a_connection_that_daphne_finds_too_old_is_not_the_peers_close(self):
        with daphne("--websocket_timeout", "1") as server:
            peer = self.peer(server, "/polite")
            self.assertEqual(peer.closed_with()[0], 1000)
            eventually(lambda: server.value(closes("1000", "normal")) == 1, "was not counted")
            self.assertEqual(server.value(closes("1000", "peer")), 0)


class WorkersTest(PeersTestCase):
    """Several processes that share a folder of prometheus_client."""

    def test_any_worker_speaks_for_all_and_a_killed_ones_connections_are_lost(self):
        with tempfile.TemporaryDirectory() as folder, daphne(PROMETHEUS_MULTIPROC_DIR=folder) as one:
            with daphne(PROMETHEUS_MULTIPROC_DIR=folder) as another:
                peers = [self.peer(one, "/polite"), self.peer(another, "/polite"), self.peer(another, "/busy")]
                opened = series(SERVER_CONNECTIONS_OPENED, auth_method="none", route="/polite")
                for server in (one, another):
                    eventually(lambda: server.value(active("/busy")) == 1, "is not seen")
                    self.assertEqual(server.value(active("/polite")), 2)
                    self.assertEqual(server.value(series(SERVER_CONNECTION_AGE, "_gcount")), 3)
                    self.assertGreater(server.value(series(SERVER_CONNECTION_AGE, "_gsum")), 0)
                    self.assertEqual(server.value(opened), 2)
                another.stop(by=signal.SIGKILL)
                self.assertEqual(one.value(active("/polite")), 1)
                self.assertEqual(one.value(active("/busy")), 0)
                self.assertEqual(one.value(series(SERVER_CONNECTION_AGE, "_gcount")), 1)
                self.assertEqual(one.value(opened), 2)
                self.assertEqual(one.value(closes("1006", "lost")), 2)
                self.assertEqual(one.value(series(SERVER_CONNECTION_DURATION, "_count")), 0)
                peers[0].close(1000)
                eventually(lambda: one.value(active("/polite")) == 0, "is still open")
                self.assertEqual(one.value(series(SERVER_CONNECTION_DURATION, "_count")), 1)
                self.assertEqual(one.value(closes("1006", "lost")), 2)
