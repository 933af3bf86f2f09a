"""A diagnosis in a few characters."""

import zlib

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from guidance.engine.linkcode import (
    ALPHABET,
    CHECK_LENGTH,
    CHECK_PRIME,
    MAX_LENGTH,
    MAX_VERSION,
    CodeError,
    decode,
    encode,
    longest_code,
    read_version,
    tidy,
)
from tests.engine.builders import altered, every_state, flow_of, flows, given, tiny

TINY = flow_of(tiny())
OTHER = flow_of(altered("key", "other"))
CODE = encode(TINY, 7, given(stage="paid", device="phone abroad"))
VERSIONS = st.integers(1, MAX_VERSION)


def signed(body):
    """`body` with the check of the tiny flow, worked out here as the format says."""
    number = 1
    for character in body:
        number = number * 32 + ALPHABET.index(character)
    rest = (number + zlib.crc32(b"tiny")) % CHECK_PRIME
    return body + "".join(ALPHABET[rest >> shift & 31] for shift in (15, 10, 5, 0))


def refused(code, flow=TINY):
    for read in (lambda: decode(flow, code), lambda: read_version(flow.key, code)):
        with pytest.raises(CodeError):
            read()


@drawn(flows(), VERSIONS)
@settings(max_examples=60)
def test_every_state_comes_back_from_a_code_of_its_own(flow, version):
    codes = set()
    for answers in every_state(flow):
        code = encode(flow, version, answers)
        assert decode(flow, code) == answers
        assert read_version(flow.key, code) == version
        assert len(code) <= longest_code(flow, version)
        assert tidy(code) == code
        assert code not in codes
        codes.add(code)


@drawn(flows(), VERSIONS, st.data())
@settings(max_examples=25)
def test_every_single_wrong_character_and_every_swap_of_neighbours_is_noticed(flow, version, data):
    code = encode(flow, version, data.draw(st.sampled_from(list(every_state(flow)))))
    for i, right in enumerate(code):
        for wrong in set(ALPHABET) - {right}:
            refused(code[:i] + wrong + code[i + 1 :], flow)
        if i and code[i - 1] != right:
            refused(code[: i - 1] + right + code[i - 1] + code[i + 1 :], flow)


@drawn(st.text(max_size=80) | st.text(alphabet=ALPHABET, max_size=80))
@settings(max_examples=300)
def test_random_text_is_refused_and_never_a_crash(text):
    for code in (text, tidy(text)):
        try:
            answers = decode(TINY, code)
        except CodeError:
            continue
        assert encode(TINY, read_version("tiny", code), answers) == code


@drawn(st.text(max_size=100))
@settings(max_examples=300)
def test_tidy_leaves_only_characters_of_a_code_and_changes_nothing_the_second_time(text):
    tidied = tidy(text)
    assert set(tidied) <= set(ALPHABET)
    assert len(tidied) <= MAX_LENGTH
    assert tidy(tidied) == tidied


@pytest.mark.parametrize("length", range(len(CODE)))
def test_a_cut_off_code_is_refused(length):
    refused(CODE[:length])


@pytest.mark.parametrize("more", ["0", "z", CODE])
def test_a_code_with_something_added_is_refused(more):
    refused(CODE + more)
    refused(more + CODE)


@pytest.mark.parametrize("code", [CODE.upper(), f" {CODE}", f"{CODE}。", "花呗", "", "uuuuuu", "\ud800" * 6])
def test_a_code_that_was_not_tidied_is_refused(code):
    refused(code)


def test_a_code_of_another_flow_is_refused():
    refused(CODE, OTHER)
    refused(encode(OTHER, 7, given(stage="paid")))


def test_the_signature_of_these_tests_is_that_of_the_format():
    assert signed(CODE[:-CHECK_LENGTH]) == CODE


@pytest.mark.parametrize(
    "body",
    [
        "0",  # version 0
        "g1",  # version 1 with a leading zero
        "10",  # no answers, written with a leading zero
        "101",  # an answer with a leading zero
        "g",  # the version does not end
        "zzz",  # nor does this one
        "hggggg0",  # a version above the largest
        "1" * (MAX_LENGTH - CHECK_LENGTH + 1),  # longer than any code
    ],
)
def test_a_code_written_in_another_way_is_refused_although_its_check_is_right(body):
    refused(signed(body))


@pytest.mark.parametrize("number", [0b1111 * 4, 0b0101 * 4 + 2, 16 * 4, 1000])
def test_an_answer_the_flow_does_not_have_is_refused_although_the_check_is_right(number):
    digits = "".join(ALPHABET[number >> shift & 31] for shift in (5, 0)).lstrip("0")
    with pytest.raises(CodeError):
        decode(TINY, signed("1" + digits))


@pytest.mark.parametrize("version", [0, -1, MAX_VERSION + 1])
def test_a_version_out_of_range_has_no_code(version):
    with pytest.raises(ValueError, match=str(version)):
        encode(TINY, version, {})


@pytest.mark.parametrize("version", [1, 15, 16, 17, 255, 256, 999, 0xFFFF, MAX_VERSION])
def test_every_version_in_range_has_one(version):
    code = encode(TINY, version, given(stage="unknown"))
    assert read_version("tiny", code) == version
    assert decode(TINY, code) == given(stage="unknown")


def test_answers_off_the_path_are_kept():
    answers = given(stage="unpaid", device="abroad")
    assert decode(TINY, encode(TINY, 1, answers)) == answers


def test_answers_a_question_cannot_take_are_left_out():
    answers = given(stage="paid unpaid", device="none phone", mood="bad")
    assert decode(TINY, encode(TINY, 1, answers)) == {}


def test_early_states_have_short_codes_and_the_longest_is_known():
    assert len(encode(TINY, 1, {})) == 1 + CHECK_LENGTH
    assert max(len(encode(TINY, 999, answers)) for answers in every_state(TINY)) <= longest_code(TINY, 999)
    last = given(stage="unknown", device="unknown")
    assert len(encode(TINY, 999, last)) == longest_code(TINY, 999)


def full_width(code):
    return "".join(chr(ord(character) + 0xFEE0) for character in code)


@pytest.mark.parametrize(
    "typed",
    [
        CODE.upper(),
        full_width(CODE),
        full_width(CODE.upper()),
        f"  {CODE}\n",
        f"\u3000{CODE}\u3000",
        " ".join(CODE),
        f"{CODE[:3]}-{CODE[3:]}",
        f"{CODE[:3]}_{CODE[3:]}",
        f"{CODE}。",
        f"{CODE}，谢谢",
        f"{CODE}）",
        f"{CODE}！就是这个",
        f"{CODE}/",
        f"{CODE}?from=wechat",
        CODE.replace("0", "o").replace("1", "l"),
        CODE.replace("0", "O").replace("1", "I"),
        CODE.replace("1", "i"),
    ],
)
def test_a_code_typed_from_paper_or_cut_out_of_a_chat_is_mended(typed):
    assert tidy(typed) == CODE


def test_look_alikes_become_the_digits_they_look_like():
    assert tidy("oOiIlL") == "001111"


def test_the_alphabet_has_no_look_alikes():
    assert not set("oilu") & set(ALPHABET)
    assert len(set(ALPHABET)) == 32


def test_an_endless_text_is_cut():
    assert tidy("7" * 10_000) == "7" * MAX_LENGTH
