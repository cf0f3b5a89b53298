"""How fast the desk answers: each page and API address, search, and fifty readers at once; Datasette beside it on the same file.

    python -m benchmarks.scale --statements 100000 --record scale.db
    python -m benchmarks.desk --record scale.db [--readers 50 --seconds 60] [--datasette PATH/TO/datasette]

The desk runs as its users run it, in a process of its own.  "ms" is what a reader waits for the whole answer, on this machine;
"cpu" is the server's processor time for an answer, which does not depend on what else the machine is doing.
"""

from __future__ import annotations

import argparse
import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

import communique
import communique.service

TIMES = 20  # how often each address is asked for
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Timed:
    """What a set of addresses took."""

    name: str
    waits: tuple[float, ...]  # milliseconds, sorted
    cpu: float  # milliseconds an answer
    size: int  # bytes, the mean

    def row(self) -> str:
        """One line of the table."""
        middle, slow = self.waits[len(self.waits) // 2], self.waits[int(len(self.waits) * 0.95)]
        return f"| {self.name} | {middle:.0f} | {slow:.0f} | {self.cpu:.0f} | {self.size // 1024} |"


def addresses(target: Path) -> dict[str, list[str]]:
    """Every page, each with common and rare actors, words and places."""
    with communique.open(target) as record:
        codes = [code for code, _ in record.facets("commitment", "actor", limit=60)]
        ids = [entry.id for entry in record.statements().page(5).rows]
        items = [kept.id for kept in record.commitments(newest=True).page(5).rows]
        places = [record.commitments(actor=code, newest=True).page(40).next for code in codes[:3]]
        said = words(record, ids)
        publisher = record.facets("statement", "publisher", limit=1)[0][0]
    some = [codes[0], codes[1], codes[-1]]
    narrow = ({"actor": codes[0]}, {"actor": codes[-1]}, {"act": "commitment", "topic": "health"}, {"since": "2020", "until": "2020"},
              {"publisher": publisher}, {"actor": codes[1], "with": codes[-1]})  # fmt: skip
    kinds = ("commitments", "outcomes", "positions", "appeals", "engagements", "figures", "agreements", "relations")
    return {
        "home": ["/"],
        "statements": ["/s", "/s?since=2020&until=2020"],
        "a statement": [f"/s/{quote(each, safe='')}" for each in ids],
        "an item": [f"/i/{each}" for each in items],
        "a listing": [f"/{kind}" for kind in kinds],
        "a listing of an actor": [f"/{kind}?actor={quote(code)}" for kind in kinds[:4] for code in some],
        "a later page": [f"/commitments?actor={quote(code)}&cursor={place}" for code, place in zip(codes, places, strict=False) if place],
        "an actor": [f"/a/{quote(code)}" for code in some],
        "a pair": [f"/pair/{quote(codes[0])}/{quote(code)}" for code in some[1:]],
        "actors": ["/a"],
        "search": ["/search?" + urlencode({"q": each}) for each in (*said, " ".join(said[:2]))],
        "search, with filters": ["/search?" + urlencode({"q": each} | more) for each in said for more in narrow],
        "two sides' readouts": ["/readouts", f"/readouts?actor={quote(codes[0])}"],
        "the map": ["/map", f"/map?actor={quote(codes[0])}&of=aid", f"/map?actor={quote(codes[0])}&since=2020-02&until=2021-07"],
        "series": [f"/series?actor={quote(code)}" for code in some],
        "stages": ["/stages", f"/stages?actor={quote(codes[0])}"],
        "the judge's queue": ["/judge"],
        "problems": ["/problems"],
        "API, a listing": [f"/api/{kind}?actor={quote(code)}" for kind in kinds[:3] for code in some],
        "API, search": ["/api/search?" + urlencode({"q": each}) for each in said],
    }


def words(record: communique.service.Record, ids: Sequence[str]) -> list[str]:
    """Four words of the record from the commonest to a rare one, by how many passages hold them."""
    texts = [record.statement(id).statement.text for id in ids]
    found = sorted({word.casefold() for text in texts for word in text.split() if word.isalpha() and len(word) > 3})
    counted = sorted(((record.search(word).count(upto=20_000), word) for word in found[:40]), reverse=True)
    return [counted[len(counted) * share // 100][1] for share in (0, 10, 40, 90)]


SLOW = {
    "the board (once followed)": ["/board", "/board?verdict=fulfilled"],
    "a review": ["/review?actor={code}&year={year}"],
    "coverage": ["/coverage"],
}


@contextmanager
def running(command: Sequence[str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A server in a process of its own, once it answers."""
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield server
    finally:
        server.terminate()
        server.wait(20)


def cpu(server: subprocess.Popen[bytes]) -> float:
    """Milliseconds of processor time that a process has used."""
    fields = Path(f"/proc/{server.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / TICK


def ask(connection: http.client.HTTPConnection, path: str) -> tuple[float, int, int]:
    """How long an answer took, its status and its size."""
    begun = time.perf_counter()
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    return (time.perf_counter() - begun) * 1000, answer.status, len(body)


def timed(server: subprocess.Popen[bytes], port: int, name: str, paths: list[str], times: int = TIMES) -> Timed:
    """Each address asked for in turn, ``times`` answers in all or one of each."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    for path in paths:
        _, status, _ = ask(connection, path)
        assert status == 200, (path, status)
    before, waits, sizes = cpu(server), [], []
    for turn in range(max(times, len(paths))):
        took, _, size = ask(connection, paths[turn % len(paths)])
        waits.append(took)
        sizes.append(size)
    return Timed(name, tuple(sorted(waits)), (cpu(server) - before) / len(waits), sum(sizes) // len(sizes))


def crowd(port: int, paths: list[str], readers: int, seconds: float) -> tuple[int, int, list[float]]:
    """So many readers at once, each asking for page after page: answers, errors, waits."""
    waits: list[float] = []
    faults: list[str] = []
    until = time.monotonic() + seconds

    def read(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        turn = number
        while time.monotonic() < until:
            try:
                took, status, _ = ask(connection, paths[turn % len(paths)])
                waits.append(took)
                if status != 200:
                    faults.append(f"{status} {paths[turn % len(paths)]}")
            except (OSError, http.client.HTTPException) as fault:
                faults.append(repr(fault))
                connection.close()
            turn += 7

    threads = [threading.Thread(target=read, args=(number,)) for number in range(readers)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    for each in sorted(set(faults))[:5]:
        print("   ", each, file=sys.stderr)
    return len(waits), len(faults), sorted(waits)


def beside(program: str, target: Path, port: int) -> list[Timed]:
    """The pages that Datasette has too, of the same file."""
    base = f"/{target.stem}"
    pages = {
        "Datasette: the tables": [base],
        "Datasette: a table of assertions": [f"{base}/assertions?{more}_sort_desc=ordinal" for more in ("", "act=commitment&")],
        "Datasette: statements": [f"{base}/statements"],
    }
    with running([program, "serve", str(target), "--port", str(port), "--setting", "sql_time_limit_ms", "60000"], port) as server:
        found = []
        for name, paths in pages.items():
            try:
                found.append(timed(server, port, name, paths, 4))
            except AssertionError as fault:
                print(name, fault, file=sys.stderr)
        return found


def main() -> None:
    """Measures and prints the tables."""
    given = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    given.add_argument("--record", type=Path, required=True)
    given.add_argument("--readers", type=int, default=50)
    given.add_argument("--seconds", type=float, default=60)
    given.add_argument("--datasette", default="")
    given.add_argument("--port", type=int, default=8765)
    given.add_argument("--slow", action="store_true", help="the pages too that follow or read much of the record")
    asked = given.parse_args()
    pages = addresses(asked.record)
    print("| page | median ms | 95 % ms | cpu ms | KiB |\n|---|---|---|---|---|")
    command = [sys.executable, "-m", "communique.cli", "serve", "--record", str(asked.record), "--port", str(asked.port)]
    with running(command, asked.port) as server:
        for name, paths in pages.items():
            print(timed(server, asked.port, name, paths).row(), flush=True)
        if asked.slow:
            code = pages["an actor"][0].rpartition("/")[2]
            for name, paths in SLOW.items():
                filled = [path.format(code=code, year=2020) for path in paths]
                print(timed(server, asked.port, name, filled, 3).row(), flush=True)
        every = [path for paths in pages.values() for path in paths]
        n, faults, waits = crowd(asked.port, every, asked.readers, asked.seconds)
        slow = waits[int(len(waits) * 0.95)]
        much = f"{n} answers, {faults} errors, {n / asked.seconds:.0f} a second, 95 % in {slow:.0f} ms"
        print(f"\n{asked.readers} readers for {asked.seconds:.0f} s: {much}")
    if asked.datasette:
        for each in beside(asked.datasette, asked.record, asked.port + 1):
            print(each.row())


if __name__ == "__main__":
    main()
