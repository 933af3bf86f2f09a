"""What editors know a document by, where they see it among others."""

from collections.abc import Mapping
from typing import Any

TEXTS = ("title", "name", "text")
LISTS = ("words", "queries", "says")  # of kinds that have no title
SHOWN = 3  # items of such a list


def called(document: Mapping[str, Any]) -> str:
    """Its title, its name, its text, or the first of its words; "" for one that has none of them."""
    for name in TEXTS:
        if document.get(name):
            return str(document[name])
    found = (document.get(name) for name in LISTS)
    return next(("、".join(map(str, each[:SHOWN])) for each in found if isinstance(each, list | tuple) and each), "")
