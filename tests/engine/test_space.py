"""How much of a large flow is looked at: bounded work, spread evenly, and said to be a part."""

from guidance.engine.document import read_flow
from guidance.engine.impact import impact
from guidance.engine.paths import outcomes
from guidance.engine.space import STATE_CAP, Trail, state_cap, thinned
from tests.bench.engine import generated


def test_real_flows_are_followed_as_far_as_memory_allows_large_ones_less_far() -> None:
    assert state_cap(0) == state_cap(5) == STATE_CAP
    assert state_cap(20) > 5_000
    assert state_cap(100) < state_cap(50) < state_cap(20)


def test_what_is_kept_of_too_many_states_is_spread_over_all_of_them() -> None:
    states = {number: Trail(1, None) for number in range(10)}
    assert list(thinned(states, 5)) == [0, 2, 4, 6, 8]
    assert list(thinned(states, 3)) == [0, 4, 8]
    assert list(thinned(states, 10)) == list(range(10))


def test_a_flow_too_large_to_be_compared_whole_says_so_and_still_shows_what_changes() -> None:
    document = generated(60, branching=True)
    old, _ = read_flow(document)
    for evidence in document["evidence"]:
        if evidence["key"].startswith("e59-"):
            evidence["effect"] = "confirms"
    new, _ = read_flow(document)
    assert not outcomes(new).complete
    found = impact(old, new)
    assert not found.complete
    assert found.changed
