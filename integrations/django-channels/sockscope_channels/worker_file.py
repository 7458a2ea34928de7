"""
What several worker processes tell each other of their open connections.

The multi-process mode of prometheus_client merges files that say how much was counted, and a custom collector is not among
them. So each worker keeps the moments at which its connections opened in a file of its own, beside those files. It holds a
lock on it, which the kernel releases however the worker ends: a file that can be locked belongs to nobody any more. Whoever
removes it counts what was open in it as lost, once, so that what opened, less what closed, stays what is open.
"""
from __future__ import annotations

import fcntl
import json
import os
import re
import struct
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from prometheus_client.multiprocess import mark_process_dead

from .opened import Opened

#: When a connection opened, on the machine's monotonic clock (0: none), and the position of its route.
_RECORD = struct.Struct("dd")
#: The names of the routes come first, as JSON.
_HEADER_BYTES = 4096
_NAME = re.compile(r"sockscope_(\d+)\.open")
#: The kernel's lock keeps no thread of the same process out, and the first of them that closes the file gives it up.
_LOOKING = threading.Lock()
#: The files of this process, which its own lock does not keep from it.
_OWN: set[Path] = set()


class WorkerFile:
    """The open connections of this process, for the others to read."""

    def __init__(self, folder: Path, routes: tuple[str, ...], on_lost: Callable[[], None]) -> None:
        """`on_lost` is called for each connection of a dead worker that had the number of this process."""
        path = folder / f"sockscope_{os.getpid()}.open"
        with _LOOKING:
            if path not in _OWN and path.exists():
                _bury(path, on_lost)
            _OWN.add(path)
        self._positions = {route: position for position, route in enumerate(routes)}
        self._free: list[int] = []
        self._records = 0
        unlocked = folder / f"sockscope_{os.getpid()}.starting"
        # Kept open: the lock ends with the first close of any descriptor of this file in this process.
        self._file = unlocked.open("w+b")
        fcntl.lockf(self._file, fcntl.LOCK_EX)
        os.pwrite(self._file.fileno(), json.dumps(routes).encode().ljust(_HEADER_BYTES), 0)
        # Under its name only once it is locked, so that nobody takes it for a dead worker's.
        unlocked.rename(path)

    def add(self, opened: Opened) -> int:
        """Writes a connection down; returns the record that `remove` wants."""
        record = self._free.pop() if self._free else self._records
        self._records = max(self._records, record + 1)
        self._write(record, opened.at, self._positions[opened.route])
        return record

    def remove(self, record: int) -> None:
        """The connection of this record is over."""
        self._write(record, 0, 0)
        self._free.append(record)

    def _write(self, record: int, at: float, position: int) -> None:
        os.pwrite(self._file.fileno(), _RECORD.pack(at, position), _HEADER_BYTES + record * _RECORD.size)


def opened_in_other_workers(folder: Path, on_lost: Callable[[], None]) -> list[Opened]:
    """
    What is open in every other worker that lives. What dead ones left behind, also as gauges, is removed, and `on_lost` called for
    each connection that was open there: by one of the workers that live, once.
    """
    with _LOOKING:
        return [opened for path in _files_of_others(folder) for opened in _opened_in(path, on_lost)]


def _files_of_others(folder: Path) -> Iterator[Path]:
    for path in folder.glob("sockscope_*.open"):
        name = _NAME.fullmatch(path.name)
        if name is not None and int(name[1]) != os.getpid():
            yield path


def _opened_in(path: Path, on_lost: Callable[[], None]) -> list[Opened]:
    try:
        with path.open("rb") as file:
            opened = list(_read(file.read()))
    except FileNotFoundError:
        # Another scrape removed it in the meantime.
        return []
    return [] if _bury(path, on_lost) else opened


def _bury(path: Path, on_lost: Callable[[], None]) -> bool:
    """Removes the file of a worker that is dead, and reports what was open in it; False for one that lives."""
    try:
        with path.open("r+b") as file:
            if _is_held(file.fileno()):
                return False
            # Locked now, but another worker may have removed it, and counted, before.
            if os.fstat(file.fileno()).st_nlink > 0:
                mark_process_dead(_pid_of(path), str(path.parent))
                for _ in _read(file.read()):
                    on_lost()
                path.unlink()
    except FileNotFoundError:
        pass
    return True


def _pid_of(path: Path) -> int:
    return int(path.stem.removeprefix("sockscope_"))


def _is_held(descriptor: int) -> bool:
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    return False


def _read(content: bytes) -> Iterator[Opened]:
    routes = json.loads(content[:_HEADER_BYTES])
    records = content[_HEADER_BYTES:]
    whole = len(records) - len(records) % _RECORD.size
    for at, position in _RECORD.iter_unpack(records[:whole]):
        if at > 0:
            yield Opened(routes[int(position)], at)
