"""The engine of many processes: one reader in each, results in the order the documents came.

A worker is a Python process of its own that talks over its standard input and output, so it shares nothing with this
one: no half-copied threads, no second run of the user's script.  Each worker has one document at a time, so when one
dies it is known of what; that document becomes a problem, a new worker takes its place, and the rest goes on.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain, islice
from queue import SimpleQueue
from typing import IO

from communique.engines import Done, Maker, gave_up
from communique.engines.inline import Inline
from communique.errors import CommuniqueError
from communique.records import Given, Problem, Reading

FEW = 4  # fewer documents are read here sooner than other processes have started
AHEAD = 3  # documents waiting for each worker: enough to keep it busy while results are being stored


class Pool:
    """Reads in ``workers`` processes; a handful of documents in this one."""

    def __init__(self, workers: int) -> None:
        self.workers = max(1, workers)

    def run(self, maker: Maker, documents: Iterable[Given]) -> Iterator[Done]:
        """Each document with its reading, in order; few are held at a time, however many there are."""
        source = iter(documents)
        first = list(islice(source, FEW))
        if len(first) < FEW:
            yield from Inline().run(maker, first)
            return
        source = chain(first, source)
        idle: SimpleQueue[Worker] = SimpleQueue()
        crew = [Worker(maker) for _ in range(self.workers)]
        for worker in crew:
            idle.put(worker)
        waiting: deque[tuple[Given, Future[Reading | Problem]]] = deque()
        threads = ThreadPoolExecutor(self.workers, thread_name_prefix="communique")
        try:
            while True:
                room = self.workers * AHEAD - len(waiting)
                waiting.extend((given, threads.submit(_ask, idle, given)) for given in islice(source, room))
                if not waiting:
                    return
                given, answer = waiting.popleft()
                yield given, answer.result()
        finally:
            for _, answer in waiting:
                answer.cancel()
            for worker in crew:
                worker.end()
            threads.shutdown(wait=True, cancel_futures=True)


def _ask(idle: SimpleQueue[Worker], given: Given) -> Reading | Problem:
    worker = idle.get()
    try:
        return worker.read(given)
    finally:
        idle.put(worker)


class Worker:
    """One process with one reader, started when first needed."""

    def __init__(self, maker: Maker) -> None:
        self.maker = maker
        self.process: subprocess.Popen[bytes] | None = None
        self.ended = False

    def read(self, given: Given) -> Reading | Problem:
        """The reading of a document, or the problem that the process died of it."""
        if self.ended:
            return gave_up(given, "stopped", "was not read: the run was stopped")
        try:
            questions, answers = self._ends()
            send(questions, given)
            answer = receive(answers)
        except (EOFError, OSError, pickle.UnpicklingError):
            return gave_up(given, "worker-died", f"could not be read: the process reading it {self._cause()}")
        if isinstance(answer, str):
            raise CommuniqueError(answer)  # the reader does not load there; no document will fare better
        assert isinstance(answer, Reading | Problem)
        return answer

    def _ends(self) -> tuple[IO[bytes], IO[bytes]]:
        """Where to ask and where to listen; the process is started when there is none."""
        process = self.process or self._start()
        assert process.stdin
        assert process.stdout
        return process.stdin, process.stdout

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "communique.engines.worker"]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(part for part in sys.path if part), "OMP_NUM_THREADS": "1"}
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
        self.process = process
        assert process.stdin
        send(process.stdin, self.maker)
        return process

    def _cause(self) -> str:
        """How the process ended, for a person; the next document gets a new one."""
        process, self.process = self.process, None
        if process is None:
            return "did not start"
        status = _close(process)
        return f"was killed (signal {-status}), perhaps for want of memory" if status < 0 else f"ended with status {status}"

    def end(self) -> None:
        """Ends the process, whatever it is doing; what it had finished was handed over."""
        self.ended = True
        process, self.process = self.process, None
        if process is not None:
            process.kill()
            _close(process)


def _close(process: subprocess.Popen[bytes]) -> int:
    for stream in (process.stdin, process.stdout):
        try:
            if stream is not None:
                stream.close()
        except OSError:
            pass
    try:
        return process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


# ------------------------------------------------------------------------------------------------ the talk


def send(stream: IO[bytes], value: object) -> None:
    """Writes one value, its length first."""
    body = pickle.dumps(value, protocol=5)
    stream.write(len(body).to_bytes(8, "big"))
    stream.write(body)
    stream.flush()


def receive(stream: IO[bytes]) -> object:
    """Reads one value; ``EOFError`` when the other side is gone."""
    size = int.from_bytes(_exactly(stream, 8), "big")
    return pickle.loads(_exactly(stream, size))


def _exactly(stream: IO[bytes], size: int) -> bytes:
    body: bytes = stream.read(size)
    if len(body) < size:
        raise EOFError
    return body
