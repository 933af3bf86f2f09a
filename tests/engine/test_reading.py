"""Reading a plain dict: what is wrong is said with its place, what is right is taken as it is."""

import pytest

from guidance.engine.problems import Problem, failures
from guidance.engine.reading import Reader, repeated


def places(reader):
    return [problem.place for problem in reader.problems]


@pytest.mark.parametrize("document", [None, "text", ["list"], 3])
def test_something_that_is_no_dict_is_one_problem_not_a_crash(document):
    reader = Reader(document, "causes/0")
    assert places(reader) == ["causes/0"]
    assert reader.take("anything") is None


def test_a_text_is_taken_without_blanks_around_it():
    reader = Reader({"title": "  花呗　"})
    assert reader.text("title") == "花呗"
    assert reader.problems == []


@pytest.mark.parametrize("value", [None, "", "   ", "　", 7, ["x"], "a\x00b", "\ud800", "字" * 11])
def test_a_text_that_is_missing_blank_unsaveable_or_too_long_is_a_problem(value):
    reader = Reader({"title": value}, "causes/1")
    reader.text("title", limit=10)
    assert places(reader) == ["causes/1/title"]


def test_a_text_that_is_too_long_says_how_long_it_is():
    reader = Reader({"title": "字" * 11})
    reader.text("title", limit=10)
    assert "11" in reader.problems[0].message
    assert "10" in reader.problems[0].message


@pytest.mark.parametrize("value", [None, "", "   ", "字" * 10])
def test_an_optional_text_may_be_left_out(value):
    reader = Reader({"hint": value})
    assert reader.text("hint", optional=True, limit=10) == (value or "").strip()
    assert reader.problems == []


@pytest.mark.parametrize("key", ["a", "risk-control", "q2", "a1-2b", "a" * 40])
def test_a_key_may_hold_small_letters_digits_and_single_hyphens(key):
    reader = Reader({"key": key})
    assert reader.key() == key
    assert reader.problems == []


@pytest.mark.parametrize("key", ["A", "1a", "a_b", "a--b", "-a", "a-", "逾期", "a.b", "a b", "a" * 41, "é"])
def test_a_key_of_any_other_form_is_refused(key):
    reader = Reader({"key": key})
    reader.key()
    assert places(reader) == ["key"]


def test_keys_are_sorted_and_each_is_there_once():
    assert Reader({"claims": ["b", "a", "b"]}).keys("claims") == ("a", "b")


def test_texts_keep_their_order():
    assert Reader({"prepare": ["乙", " 甲 ", "乙"]}).texts("prepare") == ("乙", "甲", "乙")


@pytest.mark.parametrize("value", ["text", [1], [""], ["  "], {"a": "b"}])
def test_a_list_of_texts_that_is_none_is_a_problem(value):
    reader = Reader({"prepare": value})
    assert reader.texts("prepare") == ()
    assert places(reader) == ["prepare"]


@pytest.mark.parametrize("value", [None, []])
def test_an_empty_list_is_a_problem_only_where_something_is_needed(value):
    reader = Reader({"claims": value})
    assert reader.keys("claims") == ()
    assert reader.problems == []
    assert reader.keys("claims", optional=False) == ()
    assert places(reader) == ["claims"]


def test_a_choice_is_one_of_its_choices():
    reader = Reader({"tone": "calm"})
    assert reader.choice("tone", ("urgent", "calm")) == "calm"
    assert reader.problems == []


@pytest.mark.parametrize("value", ["loud", 1, ["calm"], {}])
def test_any_other_choice_is_refused_and_the_choices_are_named(value):
    reader = Reader({"tone": value})
    assert reader.choice("tone", ("urgent", "calm")) == "urgent"
    assert "urgent、calm" in reader.problems[0].message


@pytest.mark.parametrize("value", [None, ""])
def test_a_choice_that_was_not_made_is_asked_for(value):
    reader = Reader({"tone": value})
    reader.choice("tone", ("urgent", "calm"))
    assert reader.problems[0].message == "这里还没有选，请选一个"


def test_a_choice_left_out_takes_its_default_or_is_a_problem():
    reader = Reader({})
    assert reader.choice("kind", ("multi", "single"), "single") == "single"
    assert reader.problems == []
    reader.choice("tone", ("urgent", "calm"))
    assert places(reader) == ["tone"]


@pytest.mark.parametrize("default", [True, False])
def test_a_flag_is_true_or_false_and_nothing_else(default):
    assert Reader({"unknown": not default}).flag("unknown", default=default) is not default
    assert Reader({}).flag("unknown", default=default) is default
    reader = Reader({"unknown": "true"})
    assert reader.flag("unknown", default=default) is default
    assert places(reader) == ["unknown"]


@pytest.mark.parametrize("value", [1, 30])
def test_a_whole_number_in_its_range_is_taken(value):
    reader = Reader({"minutes": value})
    assert reader.integer("minutes", 1, 30) == value
    assert reader.problems == []


@pytest.mark.parametrize("value", [0, 31, 2.0, "3", True, None])
def test_any_other_number_is_a_problem(value):
    reader = Reader({"minutes": value})
    assert reader.integer("minutes", 1, 30) == 1
    assert places(reader) == ["minutes"]


def test_a_number_left_out_may_have_a_default():
    reader = Reader({})
    assert reader.integer("order", 0, 9, default=5) == 5
    assert reader.problems == []


def test_a_day_is_an_iso_date():
    reader = Reader({"checked_on": "2028-02-29"})
    assert reader.day("checked_on") == "2028-02-29"
    assert reader.day("expires_on", optional=True) == ""
    assert reader.problems == []


@pytest.mark.parametrize(
    "value", ["2026-02-29", "2026-2-3", "20261122", "2026-W47-7", "明天", "2026-11-22T10:00", None]
)
def test_anything_else_is_no_day(value):
    reader = Reader({"checked_on": value})
    reader.day("checked_on")
    assert places(reader) == ["checked_on"]


def test_a_problem_inside_a_group_or_a_list_has_its_whole_path():
    reader = Reader({"inconclusive": {}, "causes": [{"key": "a"}, {}]})
    reader.group("inconclusive").text("title")
    for cause in reader.items("causes"):
        cause.key()
        cause.group("headline").text("summary", optional=True)
    reader.items("causes")[0].items("parts")
    assert places(reader) == ["inconclusive/title", "causes/1/key", "causes/0/parts"]


@pytest.mark.parametrize("value", ["text", {"a": 1}, 5])
def test_a_list_of_parts_that_is_none_is_a_problem(value):
    reader = Reader({"causes": value})
    assert reader.items("causes", optional=True) == []
    assert places(reader) == ["causes"]


def test_a_list_of_parts_may_be_empty_only_where_none_is_needed():
    reader = Reader({"scenarios": []})
    assert reader.items("scenarios", optional=True) == []
    assert reader.problems == []
    assert reader.items("scenarios") == []
    assert places(reader) == ["scenarios"]


def test_a_group_left_out_misses_its_fields_and_one_that_is_no_dict_says_so():
    reader = Reader({"wrong": "text"})
    reader.group("missing").text("title")
    reader.group("wrong")
    assert places(reader) == ["missing/title", "wrong"]


def test_fields_that_nobody_knows_are_not_dropped_silently():
    reader = Reader({"title": "好", "titel": "错", 7: "x", "长" * 200: "x"})
    reader.text("title")
    reader.done()
    assert places(reader) == ["titel", "7", "长" * 80]


def test_keys_used_more_than_once_are_named_once():
    assert repeated(["a", "b", "a", "c", "a", "c", "", ""]) == ["a", "c"]


def test_only_failures_block():
    wrong, odd = Problem("title", "缺少"), Problem("title", "太长", "warn")
    assert failures([odd, wrong]) == [wrong]
    assert wrong.blocks
    assert not odd.blocks


@pytest.mark.parametrize(
    ("address", "read", "said"),
    [
        (None, "", []),
        ("https://example.org/a", "https://example.org/a", []),
        ("http://example.org/a", "http://example.org/a", []),
        ("javascript:alert(1)", "", ["url"]),
        ("example.org", "", ["url"]),
    ],
)
def test_an_address_leads_to_the_web_and_nowhere_else(address, read, said):
    reader = Reader({"url": address})
    assert reader.url("url") == read
    assert [problem.place for problem in reader.problems] == said


@pytest.mark.parametrize(
    ("given", "messages"),
    [
        (["冻结", "封"], []),
        (["一", "二", "三", "四"], ["这里有4项，最多3项"]),
        (["这一项太长了"], ["“这一项太”太长了或分了行，每项写一行，最多4个字"]),
        (["两\n行"], ["“两\n行”太长了或分了行，每项写一行，最多4个字"]),
    ],
)
def test_a_list_of_short_texts_has_its_limits(given: list[str], messages: list[str]) -> None:
    reader = Reader({"words": given})
    assert reader.short_texts("words", most=3, limit=4) == tuple(given)
    assert [problem.message for problem in reader.problems] == messages
