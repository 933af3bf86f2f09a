"""What publishing a new version would change for readers."""

from collections import Counter
from dataclasses import replace

from hypothesis import given as drawn
from hypothesis import settings

from guidance.engine.conditions import ALWAYS
from guidance.engine.impact import impact
from guidance.engine.verdict import conclude
from guidance.engine.walk import walk
from tests.engine.builders import (
    any_of,
    every_answer,
    every_path,
    evidence,
    flow_of,
    flows,
    given,
    pairs,
    question,
    renamed,
    tiny,
)

TINY = flow_of(tiny())


def ranking(flow, answers):
    """What a reader gets: the first cause and the status of each."""
    verdict = conclude(flow, answers)
    return verdict.primary.cause.key if verdict.primary else None, tuple(sorted(verdict.statuses.items()))


def words(flow, answers):
    return {replace(advice, when=ALWAYS) for advice in conclude(flow, answers).advice}


def agree(one, other):
    return all(one[key] == other[key] for key in one.keys() & other.keys())


def shared(old, new):
    """Every way through both versions at once, one by one, as (path in the old, path in the new)."""
    theirs = every_path(new)
    return [(before, after) for before in every_path(old) for after in theirs if agree(before, after)]


def strands(flow, path):
    """Whether `flow` can come to a question that cannot take the answer that `path` gives it."""
    todo = [path]
    while todo:
        answers = todo.pop()
        following = walk(flow, answers).next
        if following and following.key in answers:
            return True
        if following:
            todo += [{**answers, following.key: chosen} for chosen in every_answer(following)]
    return False


def named(result):
    return (result.primary, result.statuses) if result else None


@drawn(flows())
@settings(max_examples=60)
def test_an_equal_version_changes_nothing(flow):
    same = impact(flow, replace(flow, title="换了标题"))
    assert same.transitions == ()
    assert same.changed == 0
    assert same.unchanged == len(every_path(flow))
    assert same.complete


@drawn(pairs())
@settings(max_examples=50)
def test_impact_is_what_comparing_every_path_one_by_one_gives(pair):
    old, new = pair
    naive, unchanged = Counter(), 0
    before_of = {tuple(path.items()): (ranking(old, path), words(old, path)) for path in every_path(old)}
    after_of = {tuple(path.items()): (ranking(new, path), words(new, path)) for path in every_path(new)}
    for before, after in shared(old, new):
        one, other = before_of[tuple(before.items())], after_of[tuple(after.items())]
        if one == other:
            unchanged += 1
        else:
            naive[one[0], other[0]] += 1
    found = impact(old, new)
    both = [each for each in found.transitions if each.before and each.after]
    counted = Counter()
    for each in both:
        counted[named(each.before), named(each.after)] += each.paths
    assert counted == naive
    assert found.unchanged == unchanged
    stranded = Counter()
    for each in found.transitions:
        if each.before and not each.after:
            stranded[each.before.primary] += each.paths
    shared_by = Counter(before_of[tuple(before.items())][0][0] for before, _ in shared(old, new))
    assert found.reached == shared_by + stranded
    assert found.complete


@drawn(pairs())
@settings(max_examples=40)
def test_paths_that_only_one_version_has_are_those_the_other_cannot_follow(pair):
    old, new = pair
    found = impact(old, new).transitions
    only_old = {ranking(old, path) for path in every_path(old) if strands(new, path)}
    only_new = {ranking(new, path) for path in every_path(new) if strands(old, path)}
    assert {named(each.before) for each in found if each.after is None} == only_old
    assert {named(each.after) for each in found if each.before is None} == only_new
    assert all(each.changes == ("path",) for each in found if not (each.before and each.after))


@drawn(pairs())
@settings(max_examples=40)
def test_every_example_shows_what_it_stands_for(pair):
    old, new = pair
    for each in impact(old, new).transitions:
        if each.before:
            assert ranking(old, each.example) == named(each.before)
        if each.after:
            assert ranking(new, each.example) == named(each.after)


@drawn(pairs(advice_on_all=True))
@settings(max_examples=40)
def test_renaming_every_question_and_option_changes_no_count(pair):
    old, new = pair
    aliases = {}
    for flow in pair:
        aliases |= {asked.key: f"n-{asked.key}" for asked in flow.questions}
        aliases |= {f"{q.key}.{key}": f"n-{q.key}.n-{key}" for q in flow.questions for key in q.option_keys}
    plain, moved = impact(old, new), impact(old, renamed(new, aliases))
    assert moved.unchanged == plain.unchanged

    def changes(found):
        counted = Counter()
        for each in found.transitions:
            counted[named(each.before), named(each.after)] += each.paths
        return counted

    assert changes(moved) == changes(plain)


def changed(alter):
    document = tiny()
    alter(document)
    return impact(TINY, flow_of(document))


def test_a_sign_that_counts_more_changes_the_status():
    def alter(document):
        document["evidence"][2]["effect"] = "confirms"

    found = changed(alter)
    assert {each.changes for each in found.transitions} == {("status",)}
    assert found.changed == 2 * 2  # paid or unknown; phone, or phone and abroad
    assert found.unchanged == 11 - 4


def test_another_order_of_causes_changes_only_what_is_named_first():
    document = tiny()
    document["questions"] = [question("fact", "yes")]
    document["evidence"] = [evidence(key, key, "supports", any_of("fact", "yes")) for key in ("overdue", "guard")]
    old = flow_of(document)
    (only,) = impact(old, replace(old, causes=old.causes[::-1])).transitions
    assert only.changes == ("primary",)
    assert (only.before.primary, only.after.primary, only.paths) == ("overdue", "guard", 1)
    assert only.example == given(fact="yes")


def test_new_words_of_an_advice_are_a_change_for_everybody_who_sees_it():
    def alter(document):
        document["advice"][1]["body"] = "先还最低还款额。"

    (only,) = changed(alter).transitions
    assert only.changes == ("advice",)
    assert only.example == given(stage="unpaid")
    assert {advice.body for advice in only.before.advice} == {"能还多少还多少。"}
    assert {advice.body for advice in only.after.advice} == {"先还最低还款额。"}


def test_an_advice_for_fewer_readers_is_a_change_for_those_who_lose_it():
    def alter(document):
        document["advice"][0]["when"] = any_of("stage", "unpaid", "unknown")

    found = changed(alter)
    assert found.changed == 5  # all who have paid
    assert {each.changes for each in found.transitions} == {("advice",)}
    assert all(each.after.advice == frozenset() for each in found.transitions)


def test_a_vanished_option_is_a_path_that_only_the_old_version_has():
    def alter(document):
        del document["questions"][1]["options"][0]
        del document["evidence"][2]
        document["evidence"][3]["when"][0][0]["none_of"].remove("phone")

    found = changed(alter)
    assert {each.changes for each in found.transitions} == {("path",)}
    assert found.changed == 2 * 2  # phone, or phone and abroad; after paid or unknown
    assert all(each.after is None and "phone" in each.example["device"] for each in found.transitions)


def test_a_new_option_is_a_path_that_only_the_new_version_has():
    def alter(document):
        document["questions"][0]["options"].append({"key": "partly", "label": "还了一部分"})

    (only,) = changed(alter).transitions
    assert (only.changes, only.before, only.paths) == (("path",), None, 1)
    assert only.example == given(stage="partly")


def test_a_new_question_multiplies_the_paths_and_changes_nothing_by_itself():
    def alter(document):
        document["questions"].append(question("mood", "fine"))

    assert changed(alter).unchanged == 11 * 2
    assert changed(alter).transitions == ()


def test_a_retired_question_takes_its_evidence_along():
    document = tiny()
    document["questions"].pop()
    document["evidence"] = document["evidence"][:2]
    found = impact(TINY, flow_of(document))
    assert {(each.before.primary, each.after.primary) for each in found.transitions} == {("guard", None)}
    assert found.changed == 2 * 3  # after paid or unknown; phone, abroad, or both


def test_a_renamed_option_is_the_same_path():
    document = tiny()
    document["questions"][0]["options"][0]["key"] = "owing"
    document["evidence"][0]["when"] = any_of("stage", "owing")
    document["scenarios"] = []
    without_alias = impact(TINY, flow_of(document))
    assert {each.changes for each in without_alias.transitions} == {("path",)}
    document["aliases"] = {"stage.unpaid": "stage.owing"}
    assert impact(TINY, flow_of(document)).changed == 0


def test_the_most_paths_come_first():
    document = tiny()
    document["questions"] = [question("fact", "yes", "no", "never")]
    when = {"guard": any_of("fact", "yes"), "overdue": any_of("fact", "no", "never")}
    document["evidence"] = [evidence(cause, cause, "supports", each) for cause, each in when.items()]
    old = flow_of(document)
    document["evidence"] = [evidence(cause, cause, "confirms", each) for cause, each in when.items()]
    found = impact(old, flow_of(document)).transitions
    assert [(each.after.primary, each.paths) for each in found] == [("overdue", 2), ("guard", 1)]


def test_orders_that_cannot_be_reconciled_are_said():
    document = tiny()
    document["questions"] = [question("a", "yes"), question("b", "yes", ask_when=any_of("a", "yes"))]
    document["evidence"] = [evidence("e", "overdue", "confirms", any_of("a", "yes"))]
    old = flow_of(document)
    document["questions"] = [question("b", "yes"), question("a", "yes", ask_when=any_of("b", "yes"))]
    found = impact(old, flow_of(document))
    assert not found.complete
    assert found.transitions == ()
    assert found.unchanged == 0


def test_another_order_that_can_be_reconciled_changes_nothing():
    document = tiny()
    document["questions"] = [question("a", "yes"), question("b", "yes")]
    document["evidence"] = [evidence("e", "overdue", "confirms", any_of("a", "yes"))]
    old = flow_of(document)
    document["questions"].reverse()
    found = impact(old, flow_of(document))
    assert (found.changed, found.unchanged, found.complete) == (0, 4, True)


def test_when_there_are_too_many_states_it_is_said():
    assert not impact(TINY, TINY, cap=1).complete
    assert impact(TINY, TINY, cap=1).unchanged < 11
