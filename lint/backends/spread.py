"""The same work in several processes, where they pay: fork, one pipe of tasks, one pipe of results each.

Results come as they are ready, in no order that means anything. What a
process leaves undone because it was killed is done here.
"""

from __future__ import annotations

import os
import select
import struct
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Task = TypeVar("Task")

_NUMBER = struct.Struct("<I")
_HEAD = struct.Struct("<II")
_MAX_TASKS = 12_000
"""All task numbers must fit into the pipe's buffer (64 KiB), so that nobody waits to write them."""


def processes(wanted: int | None = None) -> int:
    """Give how many processes may work: the wanted number, else the processors that this one may use; at most 8."""
    if not hasattr(os, "fork") or sys.platform == "darwin":
        return 1  # macOS's system libraries do not survive a fork without exec
    if wanted is None:
        wanted = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(8, wanted))


def spread(tasks: Sequence[Task], work: Callable[[Task], bytes], workers: int) -> Iterator[bytes]:
    """Give `work(task)` for every task, from this process or from `workers` others."""
    if workers < 2 or len(tasks) < 2 or len(tasks) > _MAX_TASKS:
        for task in tasks:
            yield work(task)
        return
    task_out, task_in = os.pipe()
    for number in range(len(tasks)):
        os.write(task_in, _NUMBER.pack(number))
    os.close(task_in)
    children: dict[int, int] = {}
    try:
        for _ in range(min(workers, len(tasks))):
            result_out, result_in = os.pipe()
            pid = os.fork()
            if pid == 0:
                _serve(task_out, result_in, tasks, work)
            os.close(result_in)
            children[result_out] = pid
        os.close(task_out)
        task_out = -1
        undone = set(range(len(tasks)))
        yield from _collect(dict(children), undone)
        for number in sorted(undone):
            yield work(tasks[number])
    finally:
        if task_out >= 0:
            os.close(task_out)
        for result_out, pid in children.items():
            os.close(result_out)
            os.waitpid(pid, 0)


def _collect(waiting: dict[int, int], undone: set[int]) -> Iterator[bytes]:
    buffers = {result_out: bytearray() for result_out in waiting}
    poll = select.poll()
    for result_out in waiting:
        poll.register(result_out, select.POLLIN)
    while waiting:
        for result_out, _ in poll.poll():
            data = os.read(result_out, 1 << 20)
            if not data:
                poll.unregister(result_out)
                del waiting[result_out]
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


def _serve(task_out: int, result_in: int, tasks: Sequence[Task], work: Callable[[Task], bytes]) -> None:
    """Work until no task is left, in a process of its own that ends here whatever happens."""
    try:
        while True:
            number = os.read(task_out, _NUMBER.size)
            if len(number) < _NUMBER.size:
                break
            index = _NUMBER.unpack(number)[0]
            result = work(tasks[index])
            _write(result_in, _HEAD.pack(index, len(result)))
            _write(result_in, result)
    except BaseException:  # noqa: BLE001 - what is left undone is done by the parent, who can say what went wrong
        os._exit(1)
    os._exit(0)


def _write(file: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(file, view) :]
