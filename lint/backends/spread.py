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
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import IO, NoReturn, TypeAlias

Work: TypeAlias = Callable[[bytes], bytes]

_TASK = struct.Struct("<III")
"""Number of the work, number of the file in which the task stands, and its length."""
_HEAD = struct.Struct("<II")
"""Number of the file of the task that is done, and the length of the result."""
AHEAD = 4
"""Tasks for each process that are under way or wait for it: enough that none has to wait, few enough to hold."""


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
    tasks reach them as bytes, through files without a name.
    """

    def __init__(self, workers: int, *works: Work) -> None:
        self.workers = workers
        self.works = works
        self._children: dict[int, int] = {}
        self._task_out = self._task_in = -1
        self._files: list[IO[bytes]] = []

    def do(self, work: Work, tasks: Iterable[bytes], *, pays: bool = True) -> Iterator[bytes]:
        """Give `work(task)` for every task, from this process or, where that `pays`, from the others.

        They work on the first tasks while those after them are made.
        """
        if not pays or self.workers < 2:
            yield from map(work, tasks)
            return
        waiting = iter(tasks)
        whole = False
        while not whole:
            under_way: dict[int, bytes] = {}
            try:
                yield from self._spread(self.works.index(work), waiting, under_way)
                whole = not under_way and self._task_in >= 0
            finally:
                if not whole:
                    self.dismiss()
            yield from map(work, under_way.values())

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
        while self._files:
            self._files.pop().close()

    def _fork(self) -> None:
        if not self._files:
            self._files = [_nameless() for _ in range(AHEAD * self.workers)]
            self._task_out, self._task_in = os.pipe()
        while len(self._children) < self.workers:
            result_out, result_in = os.pipe()
            pid = os.fork()
            if pid == 0:
                for end in (self._task_in, result_out, *self._children):
                    os.close(end)
                _serve(self._task_out, result_in, [file.fileno() for file in self._files], self.works)
            os.close(result_in)
            self._children[result_out] = pid

    def _spread(self, work: int, waiting: Iterator[bytes], under_way: dict[int, bytes]) -> Iterator[bytes]:
        """Give results until no task is left, or a process is; `under_way` holds the tasks, by file, that are not done."""
        self._fork()
        free = list(range(len(self._files)))
        buffers = {result_out: bytearray() for result_out in self._children}
        poll = select.poll()
        for result_out in buffers:
            poll.register(result_out, select.POLLIN)
        while buffers:
            while free and self._task_in >= 0 and (task := next(waiting, None)) is not None:
                self._send(work, free[-1], task)
                under_way[free.pop()] = task
            if not under_way and self._task_in >= 0:
                return
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
                    del under_way[number]
                    free.append(number)
                    yield result

    def _send(self, work: int, number: int, task: bytes) -> None:
        file = self._files[number]
        file.seek(0)
        file.write(task)
        file.flush()
        os.write(self._task_in, _TASK.pack(work, number, len(task)))


def _nameless() -> IO[bytes]:
    import tempfile  # whoever works alone, as every warm run does, needs no files

    return tempfile.TemporaryFile(prefix="notelint-")


def _serve(task_out: int, result_in: int, files: Sequence[int], works: Sequence[Work]) -> NoReturn:
    """Work until there will be no more tasks, in a process of its own that ends here whatever happens."""
    try:
        while len(said := os.read(task_out, _TASK.size)) == _TASK.size:
            work, number, length = _TASK.unpack(said)
            result = works[work](os.pread(files[number], length, 0))
            _write(result_in, _HEAD.pack(number, len(result)))
            _write(result_in, result)
    except BaseException:  # noqa: BLE001 - what is left undone is done by the parent, who can say what went wrong
        os._exit(1)
    os._exit(0)


def _write(file: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(file, view) :]
