"""How well stories are understood: `python -m tests.bench.stories [file]`. Exit code 1: a target was missed."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from guidance.documents.phrase import Phrase
from guidance.engine.flow import Flow
from guidance.search.story import Story, understood
from tests.search.shipped_phrases import shipped_flows, shipped_phrases

STORIES = Path(__file__).resolve().parents[1] / "search" / "stories.jsonl"
RIGHT, WRONG, MILLISECONDS = 0.9, 0.02, 2.0  # targets
RUNS = 5
Fact = tuple[str, str, str]  # flow, question, option


def stories(path: Path = STORIES) -> list[dict[str, Any]]:
    """The judged stories of a file, one JSON a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def stated(story: dict[str, Any]) -> list[set[Fact]]:
    """What a story states, once for every self-check that is fine for it."""
    flows = story["flow"] if isinstance(story["flow"], list) else [story["flow"]]
    answers = story["answers"]
    return [set(_facts(flow, answers.get(flow, {}) if len(flows) > 1 else answers)) for flow in flows if flow] or [
        set()
    ]


def given(story: Story | None) -> set[Fact]:
    return set(_facts(story.flow, story.answers)) if story else set()


def _facts(flow: str, answers: Any) -> Iterator[Fact]:
    yield from ((flow, question, option) for question, options in answers.items() for option in options)


def compare(story: dict[str, Any], phrases: tuple[Phrase, ...], flows: dict[str, Flow]) -> tuple[set[Fact], set[Fact]]:
    """(stated, given) of a judged story; of several self-checks that are fine, the one that fits best."""
    found = given(understood(story["text"], phrases, flows))
    return max(stated(story), key=lambda facts: (len(facts & found), -len(facts))), found


def took(texts: list[str], phrases: tuple[Phrase, ...], flows: dict[str, Flow]) -> float:
    """Milliseconds for one story, the slowest of the median runs."""
    slowest = 0.0
    for text in texts:
        runs = []
        for _ in range(RUNS):
            begin = perf_counter()
            understood(text, phrases, flows)
            runs.append((perf_counter() - begin) * 1000)
        slowest = max(slowest, median(runs))
    return slowest


def main() -> int:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else STORIES
    phrases, flows = shipped_phrases(), shipped_flows()
    right = wrong = asked = answered = whole = 0
    judged = stories(path)
    for story in judged:
        expected, found = compare(story, phrases, flows)
        asked, answered = asked + len(expected), answered + len(found)
        right, wrong = right + len(expected & found), wrong + len(found - expected)
        whole += expected == found
        if expected != found:
            print(f"{story['id']} {story['text']}")
            print(f"   missed {sorted(expected - found)}  wrong {sorted(found - expected)}")
    slowest = took([story["text"] for story in judged], phrases, flows)
    shares = right / max(asked, 1), wrong / max(answered, 1)
    print(f"{len(judged)} stories, {whole} understood as a whole; {len(phrases)} phrases")
    print(f"facts right {right}/{asked} = {shares[0]:.1%} (at least {RIGHT:.0%})")
    print(f"facts wrong {wrong}/{answered} = {shares[1]:.1%} (at most {WRONG:.0%})")
    print(f"slowest story {slowest:.2f} ms (at most {MILLISECONDS:.0f} ms)")
    return int(shares[0] < RIGHT or shares[1] > WRONG or slowest > MILLISECONDS)


if __name__ == "__main__":
    sys.exit(main())
