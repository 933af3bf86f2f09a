"""The phrases and self-checks that the site starts with, as values."""

from functools import cache

import yaml

from guidance.documents.phrase import Phrase, read_phrase
from guidance.engine.flow import Flow
from tests.engine.test_shipped_flows import FOLDER, NAMES, PlainLoader, shipped


@cache
def shipped_phrases() -> tuple[Phrase, ...]:
    """In the order of their keys; every one must be without a problem."""
    found = []
    for path in sorted((FOLDER.parent / "phrases").glob("*.yaml")):
        phrase, problems = read_phrase(yaml.load(path.read_text(encoding="utf-8"), PlainLoader))  # noqa: S506
        if problems or phrase.key != path.stem:
            raise ValueError(f"{path.name}: {problems}")
        found.append(phrase)
    return tuple(found)


@cache
def shipped_flows() -> dict[str, Flow]:
    return {name: shipped(name)[1] for name in NAMES}
