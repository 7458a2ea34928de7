"""What becomes of the connections of a worker that died."""
from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import unittest
import unittest.mock
from pathlib import Path

from sockscope_channels.opened import Opened
from sockscope_channels.worker_file import WorkerFile, opened_in_other_workers

from .daphne_process import ROOT

ROUTES = ("/ws", "other")

#: Opens three connections and closes one; then says so, and ends when its input does.
_WORKER = """
import sys
from pathlib import Path
from sockscope_channels.opened import Opened
from sockscope_channels.worker_file import WorkerFile
file = WorkerFile(Path(sys.argv[1]), ("/ws", "other"), lambda: None)
records = [file.add(Opened("/ws", at)) for at in (1.0, 2.0, 3.0)]
file.remove(records[1])
print("ready", flush=True)
sys.stdin.read()
"""


class WorkerFileTest(unittest.TestCase):
    """This process and another, over one folder."""

    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.folder = Path(directory.name)
        self.lost = 0

    def lose(self) -> None:
        """A connection was lost with its worker."""
        self.lost += 1

    def worker(self) -> subprocess.Popen[bytes]:
        """Another worker, which has two connections."""
        command = [sys.executable, "-c", _WORKER, str(self.folder)]
        worker = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.addCleanup(worker.communicate)
        self.addCleanup(worker.kill)
        self.assertEqual(worker.stdout.readline(), b"ready\n")
        return worker

    def dead_worker(self) -> Path:
        """The file of one that was killed with two connections."""
        worker = self.worker()
        worker.kill()
        worker.wait()
        return self.folder / f"sockscope_{worker.pid}.open"

    def test_one_that_lives_has_connections_and_loses_none(self):
        self.worker()
        for _ in range(2):
            opened = opened_in_other_workers(self.folder, self.lose)
            self.assertEqual(opened, [Opened("/ws", 1), Opened("/ws", 3)])
        self.assertEqual(self.lost, 0)

    def test_what_a_killed_one_had_open_is_lost_once_however_many_look(self):
        self.dead_worker()
        threads = [
            threading.Thread(target=opened_in_other_workers, args=(self.folder, self.lose)) for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(self.lost, 2)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_what_another_removed_between_the_look_and_the_lock_is_not_lost_again(self):
        path = self.dead_worker()
        read = Path.open

        def open_and_remove(self: Path, mode: str):
            file = read(self, mode)
            if mode == "r+b":
                self.unlink()
            return file

        with unittest.mock.patch.object(Path, "open", open_and_remove):
            self.assertEqual(opened_in_other_workers(self.folder, self.lose), [])
        self.assertFalse(path.exists())
        self.assertEqual(self.lost, 0)

    def test_a_new_worker_with_the_number_of_a_dead_one_takes_none_of_its_connections(self):
        self.dead_worker().rename(self.folder / f"sockscope_{os.getpid()}.open")
        self.own_file()
        self.assertEqual(self.lost, 2)

    def test_a_second_file_of_this_process_loses_nothing_of_the_first(self):
        self.own_file().add(Opened("/ws", 1))
        self.own_file()
        self.assertEqual(self.lost, 0)

    def own_file(self) -> WorkerFile:
        """One of this process."""
        file = WorkerFile(self.folder, ROUTES, self.lose)
        self.addCleanup(file._file.close)
        return file
