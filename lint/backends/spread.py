"""The same work in several processes, where they pay: fork, one pipe of tasks, one pipe of results each.

Results come as they are ready, in no order that means anything. What a
process leaves undone because it was killed is done here; when this process is
killed, the others end (why this is no pool: docs/decisions/0018).
"""

from __future__ import annotations

import os
import select
import struct
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from typing import IO, NoReturn, TypeAlias

Work: TypeAlias = Callable[[bytes], bytes]

_TASK = struct.Struct("<IIQI")
"""Number of the work and of the task, and where in the file of tasks it stands: offset and length."""
_HEAD = struct.Struct("<II")
MAX_TASKS = 3_000
"""All that is said of tasks must fit into the pipe's buffer (64 KiB), so that nobody waits to write it."""


def processes(wanted: int | None = None) -> int:
    """Give how many processes may work: the wanted number, else the processors that this one may use; at most 8."""
    if not hasattr(os, "fork") or sys.platform == "darwin":
        return 1  # macOS's system libraries do not survive a fork without exec
    if wanted is None:
        wanted = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(8, wanted))


class Crew:
    """Processes that do one kind of work after another, from when they first pay until they are dismissed.

    They stay, so that what a process learns (the lexicon, stems, patterns) is
    learnt once. `works` is all that they can do; as they are forked but once,
    tasks reach them as bytes, through a file without a name.
    """

    def __init__(self, workers: int, *works: Work) -> None:
        self.workers = workers
        self.works = works
        self._children: dict[int, int] = {}
        self._task_out = self._task_in = -1
        self._file: IO[bytes] | None = None

    def do(self, work: Work, tasks: Sequence[bytes], *, pays: bool = True) -> Iterator[bytes]:
        """Give `work(task)` for every task, from this process or, where that `pays`, from the others."""
        if not pays or self.workers < 2 or not 1 < len(tasks) <= MAX_TASKS:
            yield from map(work, tasks)
            return
        undone = set(range(len(tasks)))
        try:
            self._send(self.works.index(work), tasks)
            yield from self._collect(undone)
        finally:
            if undone or self._task_in < 0:
                self.dismiss()
        for number in sorted(undone):
            yield work(tasks[number])

    def dismiss(self) -> None:
        """Let the processes end; who is wanted later is forked anew."""
        for end in (self._task_in, self._task_out):
            if end >= 0:
                os.close(end)
        self._task_out = self._task_in = -1
        while self._children:
            result_out, pid = self._children.popitem()
            os.close(result_out)
            os.waitpid(pid, 0)
        if self._file is not None:
            self._file.close()
            self._file = None

    def _send(self, work: int, tasks: Sequence[bytes]) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile(prefix="notelint-")  # noqa: SIM115 - it stays until they are dismissed
            self._task_out, self._task_in = os.pipe()
        self._file.seek(0)
        self._file.writelines(tasks)
        self._file.flush()
        at = 0
        for number, task in enumerate(tasks):
            os.write(self._task_in, _TASK.pack(work, number, at, len(task)))
            at += len(task)
        while len(self._children) < self.workers:
            result_out, result_in = os.pipe()
            pid = os.fork()
            if pid == 0:
                for end in (self._task_in, result_out, *self._children):
                    os.close(end)
                _serve(self._task_out, result_in, self._file.fileno(), self.works)
            os.close(result_in)
            self._children[result_out] = pid

    def _collect(self, undone: set[int]) -> Iterator[bytes]:
        """Give results until none is wanted, or nobody is left."""
        buffers = {result_out: bytearray() for result_out in self._children}
        poll = select.poll()
        for result_out in buffers:
            poll.register(result_out, select.POLLIN)
        while undone and buffers:
            for result_out, _ in poll.poll():
                data = os.read(result_out, 1 << 20)
                if not data:
                    poll.unregister(result_out)
                    del buffers[result_out]
                    if self._task_in >= 0:  # what it had begun is lost: the others do what nobody has, and go
                        os.close(self._task_in)
                        self._task_in = -1
                    continue
                buffer = buffers[result_out]
                buffer += data
                while len(buffer) >= _HEAD.size:
                    number, length = _HEAD.unpack_from(buffer)
                    end = _HEAD.size + length
                    if len(buffer) < end:
                        break
                    result = bytes(buffer[_HEAD.size : end])
                    del buffer[:end]
                    undone.discard(number)
                    yield result


def _serve(task_out: int, result_in: int, file: int, works: Sequence[Work]) -> NoReturn:
    """Work until there will be no more tasks, in a process of its own that ends here whatever happens."""
    try:
        while len(said := os.read(task_out, _TASK.size)) == _TASK.size:
            work, number, at, length = _TASK.unpack(said)
            result = works[work](os.pread(file, length, at))
            _write(result_in, _HEAD.pack(number, len(result)))
            _write(result_in, result)
    except BaseException:  # noqa: BLE001 - what is left undone is done by the parent, who can say what went wrong
        os._exit(1)
    os._exit(0)


def _write(file: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(file, view) :]
