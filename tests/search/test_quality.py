"""Search keeps answering what readers ask: the judged queries, with floors a little below what was reached."""

import pytest

from guidance.services.finding import find
from tests.bench.judging import HELD, ZERO, Figures, Query, sets

pytestmark = pytest.mark.django_db
FLOORS = {"the 35 of the start": (0.9, 0.96, 0.93), "tuning": (0.8, 0.96, 0.93), HELD: (0.72, 0.9, 0.88)}


def answers(queries: list[Query]) -> dict[str, list[str]]:
    return {query.id: [f"{hit.kind}/{hit.key}" for hit in find(query.text).hits] for query in queries}


@pytest.mark.parametrize("name", FLOORS)
def test_judged_queries_are_answered(name: str) -> None:
    queries = [query for query in sets()[name] if query.kind != ZERO]
    figures = Figures.of(queries, answers(queries))
    recall, success, mrr = FLOORS[name]
    assert figures.recall >= recall
    assert figures.success >= success
    assert figures.mrr >= mrr


def test_few_of_the_queries_that_nothing_answers_bring_something() -> None:
    queries = [query for name in sets() for query in sets()[name] if query.kind == ZERO]
    found = answers(queries)
    assert sum(map(bool, found.values())) <= len(queries) / 5
