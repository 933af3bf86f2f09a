"""Search against its targets: `python -m tests.bench.search [--misses] [--large]`. Exit code 1: one was missed.

On a SQLite file of its own; also on PostgreSQL when DATABASE_URL or BENCH_POSTGRES names a server.
"""

import json
import os
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from tests.bench import judging
from tests.bench.costs import large_lines, small_lines
from tests.bench.stories import STORIES, compare, stories
from tests.journeys.databases import POSTGRES, PostgresDatabases, SqliteDatabases
from tests.journeys.server import ROOT, environment
from tests.search.shipped_phrases import shipped_flows, shipped_phrases

NAME = "search"
SAME_TOP = 0.98  # of all queries have the same top three on both databases
LEAST = {"the 35 of the start": (0.85, 0.96, 0.93), "tuning": (0.85, 0.96, 0.93), judging.HELD: (0.0, 0.92, 0.87)}
FALSE, NOTHING = 1 / 8, 0.01  # of the queries that nothing answers, and of the others
RIGHT, WRONG = 0.9, 0.02  # facts of stories


def main() -> int:
    wanted = _arguments()
    with TemporaryDirectory(prefix="bench-search-") as folder, _places(Path(folder)) as places:
        missed = _quality({vendor: _trial(url, "quality") for vendor, url in places.items()}, misses=wanted.misses)
        missed += _stories()
        for vendor, url in places.items():
            missed += _shown(f"{vendor}: cost with 500 documents", small_lines(_trial(url, "cost")))
        for vendor, url in places.items() if wanted.large else ():
            missed += _shown(f"{vendor}: cost with 100,000 entries", large_lines(_trial(url, "large")))
    print(f"\nload of this machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors; targets missed: {missed}")
    return 1 if missed else 0


def _arguments() -> Namespace:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="name the queries for tuning that were answered badly")
    parser.add_argument("--large", action="store_true", help="also with 100,000 entries; takes many minutes")
    return parser.parse_args()


@contextmanager
def _places(folder: Path) -> Iterator[dict[str, str]]:
    """Addresses of empty databases by vendor; they are gone afterwards, as the folder is."""
    places = {"SQLite": SqliteDatabases(folder).create(NAME)}
    urls = [os.environ.get(name, "") for name in ("BENCH_POSTGRES", "DATABASE_URL")]
    server = next((PostgresDatabases(url) for url in urls if urlsplit(url).scheme in POSTGRES), None)
    if server is None:
        yield places
        return
    places["PostgreSQL"] = server.create(NAME)
    try:
        yield places
    finally:
        server.drop(NAME)


def _trial(url: str, what: str) -> dict[str, Any]:
    """What tests.bench.trial measures on a database, which it first gives the shipped content."""
    variables = environment(url, ROOT / "var" / "static") | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    work = f"from tests.bench.trial import show; show({what!r})"
    command = [sys.executable, "manage.py", "shell", "--no-imports", "--command", work]
    done = subprocess.run(command, cwd=ROOT, env=variables, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _shown(title: str, lines: list[tuple[str, bool]]) -> int:
    """Print lines, and mark those with a missed target; gives their number."""
    print(f"\n{title}")
    for line, is_met in lines:
        print(f"  {line}{'' if is_met else '  MISSED'}", flush=True)
    return sum(not is_met for _, is_met in lines)


def _quality(found: Mapping[str, judging.Found], *, misses: bool) -> int:
    """Print how well queries are answered, on each database unless both answer alike; gives the missed targets."""
    missed = 0
    first, *others = found.values()
    for vendor, names in found.items():
        if names is first or names != first:
            print(f"\n{vendor}: answers to judged queries" + (", the same on PostgreSQL" if first in others else ""))
            missed += sum(_set(name, queries, names, misses=misses) for name, queries in judging.sets().items())
    for other in others:
        same = judging.same_top(first, other)
        line = f"same top three on both databases: {same} of {len(first)} queries"
        missed += _shown("both databases", [(line, same >= SAME_TOP * len(first))])
    return missed


def _set(name: str, queries: list[judging.Query], found: judging.Found, *, misses: bool) -> int:
    print("\n".join(judging.table(name, queries, found)))
    if misses and name != judging.HELD:
        print("\n".join(judging.misses(queries, found)))
    figures = judging.Figures.of([query for query in queries if query.kind != judging.ZERO], found)
    shares = figures.recall, figures.success, figures.mrr
    lines = [
        (f"{what} {share:.3f}, at least {least:.2f}", share >= least)
        for what, share, least in zip(("recall@3", "success@3", "MRR"), shares, LEAST[name], strict=True)
        if least
    ]
    none = [bool(found[query.id]) for query in queries if query.kind == judging.ZERO]
    allowed = max(int(FALSE * len(none)), 1)
    lines.append((f"false hits {sum(none)} of {len(none)}, at most {allowed}", sum(none) <= allowed))
    lines.append((f"nothing found {figures.nothing:.3f}, at most {NOTHING:.2f}", figures.nothing <= NOTHING))
    return _shown(f"{name}: targets", lines)


def _stories() -> int:
    """Print how well stories are understood, figures only; gives the missed targets."""
    phrases, flows = shipped_phrases(), shipped_flows()
    lines = []
    for name, file in (("tuning", STORIES), (judging.HELD, STORIES.with_name("stories-held.jsonl"))):
        pairs = [compare(story, phrases, flows) for story in stories(file)]
        right = sum(len(stated & given) for stated, given in pairs) / max(sum(len(stated) for stated, _ in pairs), 1)
        wrong = sum(len(given - stated) for stated, given in pairs) / max(sum(len(given) for _, given in pairs), 1)
        shares = f"facts right {right:.1%} (≥ {RIGHT:.0%}), wrong {wrong:.1%} (≤ {WRONG:.0%})"
        text = f"{name:<12}{len(pairs):>4} stories, {shares}"
        lines.append((text, right >= RIGHT and wrong <= WRONG))
    return _shown("stories", lines)


if __name__ == "__main__":
    sys.exit(main())
