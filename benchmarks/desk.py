"""How fast the desk answers: each page and API address, search, and fifty readers at once; Datasette beside it on the same file.

    python -m benchmarks.scale --statements 100000 --record scale.db
    python -m benchmarks.verdicts --record scale.db
    python -m benchmarks.desk --record scale.db [--readers 50 --seconds 60] [--datasette PATH/TO/datasette]

The desk runs as its users run it, in a process of its own.  "ms" is what a reader waits for the whole answer, on this machine;
"cpu" is the server's processor time for an answer, the mean and the slow end, which depends little on what else the machine is
doing; "paint" is when Chromium, where it is installed, first shows something of the page, the middle and the slowest of three fresh visits.
"""

from __future__ import annotations

import argparse
import http.client
import shutil
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


@dataclass(frozen=True, slots=True)
class Timed:
    """What a set of addresses took."""

    name: str
    waits: tuple[float, ...]  # milliseconds, sorted
    cpus: tuple[float, ...]  # milliseconds of processor time, sorted
    size: int  # bytes, the mean

    def row(self, paints: Sequence[float] = ()) -> str:
        """One line of the table."""
        middle, slow = self.waits[len(self.waits) // 2], self.waits[int(len(self.waits) * 0.95)]
        paint = f"{sorted(paints)[len(paints) // 2]:.0f} to {max(paints):.0f}" if paints else ""
        cpu, most = sum(self.cpus) / len(self.cpus), self.cpus[int(len(self.cpus) * 0.95)]
        return f"| {self.name} | {middle:.0f} | {slow:.0f} | {cpu:.0f} | {most:.0f} | {self.size // 1024} | {paint} |"


def addresses(target: Path) -> dict[str, list[str]]:
    """Every page, each with common and rare actors, words and places."""
    with communique.open(target) as record:
        codes = [code for code, _ in record.facets("commitment", "actor", limit=60)]
        ids = [entry.id for entry in record.statements().page(5).rows]
        items = [kept.id for kept in record.commitments(newest=True).page(5).rows]
        places = [record.commitments(actor=code, newest=True).page(40).next for code in codes[:3]]
        said = words(record, ids)
        publisher = record.facets("statement", "publisher", limit=1)[0][0]
        promises = [each.id for each in record.threads(verdict="in-progress").page(5).rows] if record.is_followed() else []
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
        "five pages of a listing, of a board": [f"/commitments?actor={quote(codes[0])}&pages=5", "/board?verdict=overdue&pages=5"],
        "an actor": [f"/a/{quote(code)}" for code in some],
        "a pair": [f"/pair/{quote(codes[0])}/{quote(code)}" for code in some[1:]],
        "actors": ["/a"],
        "search": ["/search?" + urlencode({"q": each}) for each in (*said, " ".join(said[:2]))],
        "search, with filters": ["/search?" + urlencode({"q": each} | more) for each in said for more in narrow],
        "two sides' readouts": ["/readouts", *(f"/readouts?actor={quote(code)}" for code in some)],
        "readouts of a statement": ["/api/readouts/of?" + urlencode({"statement": each}) for each in ids],
        "the map": ["/map", f"/map?actor={quote(codes[0])}&of=aid", f"/map?actor={quote(codes[0])}&since=2020-02&until=2021-07"],
        "series": [f"/series?actor={quote(code)}" for code in some],
        "stages": ["/stages", f"/stages?actor={quote(codes[0])}"],
        "the judge's queue": ["/judge"],
        "problems": ["/problems"],
        "a review, once written": [f"/review?actor={quote(codes[-1])}&year=2020"],
        "coverage": ["/coverage"],
        **({"the board": board(codes, some), "a promise": [f"/t/{each}" for each in promises]} if promises else {}),
        "API, a listing": [f"/api/{kind}?actor={quote(code)}" for kind in kinds[:3] for code in some],
        "API, search": ["/api/search?" + urlencode({"q": each}) for each in said],
    }


def words(record: communique.service.Record, ids: Sequence[str]) -> list[str]:
    """Four words of the record from the commonest to a rare one, by how many passages hold them."""
    texts = [record.statement(id).statement.text for id in ids]
    found = sorted({word.casefold() for text in texts for word in text.split() if word.isalpha() and len(word) > 3})
    counted = sorted(((record.search(word).count(upto=20_000), word) for word in found[:40]), reverse=True)
    return [counted[len(counted) * share // 100][1] for share in (0, 10, 40, 90)]


def board(codes: Sequence[str], some: Sequence[str]) -> list[str]:
    """The board of all, of each verdict, of common and rare actors, of a topic, of a time, and of who else is named."""
    asked = [f"verdict={each}" for each in ("overdue", "vanished", "fulfilled", "no-report")]
    asked += [f"actor={quote(code)}" for code in some]
    asked += [f"actor={quote(codes[1])}&verdict=overdue", f"actor={quote(codes[0])}&topic=health", f"with={quote(codes[1])}"]
    return ["/board", *(f"/board?{each}" for each in (*asked, "topic=health", "since=2010", "topic=health&since=2015-02"))]


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
    return sum(int(each.read_text().split()[0]) for each in Path(f"/proc/{server.pid}/task").glob("*/schedstat")) / 1e6


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
        for _ in range(600):  # a review is written first
            if (status := ask(connection, path)[1]) != 202:
                break
            time.sleep(0.5)
        assert status == 200, (path, status)
    waits, cpus, sizes = [], [], []
    for turn in range(max(times, len(paths))):
        before = cpu(server)
        took, _, size = ask(connection, paths[turn % len(paths)])
        cpus.append(cpu(server) - before)
        waits.append(took)
        sizes.append(size)
    return Timed(name, tuple(sorted(waits)), tuple(sorted(cpus)), sum(sizes) // len(sizes))


def painted(port: int, paths: dict[str, str]) -> dict[str, list[float]]:
    """Milliseconds until Chromium first shows something of each page, three fresh visits each; nothing where it is not installed."""
    program = shutil.which("chromium")
    if program is None:
        return {}
    from playwright.sync_api import sync_playwright

    script = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"
    found: dict[str, list[float]] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        for name, path in paths.items():
            for _ in range(3):
                page = browser.new_page(base_url=f"http://127.0.0.1:{port}")
                page.goto(path, timeout=120_000)
                for _ in range(100):
                    if (at := page.evaluate(script)) is not None:
                        found.setdefault(name, []).append(at)
                        break
                    page.wait_for_timeout(20)
                page.close()
        browser.close()
    return found


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
    given.add_argument("--no-paint", dest="paint", action="store_false", help="leave Chromium out")
    asked = given.parse_args()
    pages = addresses(asked.record)
    print("| page | median ms | 95 % ms | cpu ms | cpu 95 % ms | KiB | paint ms |\n|---|---|---|---|---|---|---|")
    command = [sys.executable, "-m", "communique.cli", "serve", "--record", str(asked.record), "--port", str(asked.port)]
    begun = time.perf_counter()
    with running(command, asked.port) as server:
        started = time.perf_counter() - begun
        shown = painted(asked.port, {name: paths[0] for name, paths in pages.items() if "/api/" not in paths[0]}) if asked.paint else {}
        for name, paths in pages.items():
            print(timed(server, asked.port, name, paths).row(shown.get(name, ())), flush=True)
        print(f"\nthe desk answers {started:.1f} s after it is started")
        every = [path for paths in pages.values() for path in paths]
        n, faults, waits = crowd(asked.port, every, asked.readers, asked.seconds) if asked.readers else (0, 0, [0.0])
        slow = waits[int(len(waits) * 0.95)]
        much = f"{n} answers, {faults} errors, {n / asked.seconds:.0f} a second, 95 % in {slow:.0f} ms"
        print(f"{asked.readers} readers for {asked.seconds:.0f} s: {much}")
    if asked.datasette:
        for each in beside(asked.datasette, asked.record, asked.port + 1):
            print(each.row())


if __name__ == "__main__":
    main()
