"""A diagnosis in a few characters: the published version and the answers, as one address that can be typed from paper.

code = version, answers, check. The alphabet is Crockford's base 32 (no i, l, o, u). The version is written in digits
of four bits, each but the last marked by the fifth. The answers are one number in mixed radix, first question least
significant, so early states are short; a published version never changes, so positions are safe. The check is the
rest of all before it modulo a prime: every single wrong character and every swap of neighbours is noticed.
"""

import unicodedata
import zlib

from guidance.engine.conditions import Answers
from guidance.engine.flow import MULTI, Flow, Question

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LOOK_ALIKES = str.maketrans({"o": "0", "i": "1", "l": "1"})
CHECK_LENGTH = 4
CHECK_PRIME = 1_048_573  # the largest prime below 32 ** CHECK_LENGTH
MAX_LENGTH = 64  # characters of a code that is looked at at all
MAX_VERSION = 0xFFFFF


class CodeError(ValueError):
    """The text is not a code of this flow: mangled, cut off, or an answer the flow does not have."""


def tidy(text: str) -> str:
    """What was most likely meant by a code typed from paper or cut out of a chat.

    Full-width and upper-case characters, look-alikes, blanks, hyphens and anything that trails are mended.
    """
    folded = unicodedata.normalize("NFKC", text[: 4 * MAX_LENGTH]).lower().translate(LOOK_ALIKES)
    kept = ""
    for character in folded:
        if character in ALPHABET:
            kept += character
        elif not character.isspace() and character not in "-_":
            break
    return kept[:MAX_LENGTH]


def encode(flow: Flow, version: int, answers: Answers) -> str:
    """The code of `answers` under `version` of `flow` (1 to MAX_VERSION), without answers a question cannot take."""
    if not 0 < version <= MAX_VERSION:
        raise ValueError(f"version {version} is not between 1 and {MAX_VERSION}")
    number = 0
    for question in reversed(flow.questions):
        number = number * _radix(question) + _digit(question, answers.get(question.key, frozenset()))
    body = _version_characters(version) + _characters(number)
    return body + _check(flow.key, body)


def read_version(flow_key: str, code: str) -> int:
    """The version a code was made under; raises CodeError when the code is not one of this flow."""
    return _split(flow_key, code)[0]


def decode(flow: Flow, code: str) -> dict[str, frozenset[str]]:
    """The answers in a code made under this version of the flow; raises CodeError."""
    number = _number(_split(flow.key, code)[1])
    answers = {}
    for question in flow.questions:
        number, digit = divmod(number, _radix(question))
        chosen = _chosen(question, digit)
        if chosen and question.refusal(chosen):
            raise CodeError("an answer that the question cannot take")
        if chosen:
            answers[question.key] = chosen
    if number:
        raise CodeError("more answers than questions")
    return answers


def longest_code(flow: Flow, version: int) -> int:
    """Characters of the longest code this flow can have under `version`."""
    space = 1
    for question in flow.questions:
        space *= _radix(question)
    return len(_version_characters(version)) + len(_characters(space - 1)) + CHECK_LENGTH


def _split(flow_key: str, code: str) -> tuple[int, str]:
    body, check = code[:-CHECK_LENGTH], code[-CHECK_LENGTH:]
    if not body or len(code) > MAX_LENGTH or not set(code) <= set(ALPHABET) or check != _check(flow_key, body):
        raise CodeError("not a code of this flow")
    version, used = 0, 0
    for character in body:
        digit = ALPHABET.index(character)
        version, used = version * 16 + digit % 16, used + 1
        if digit < 16:
            break
    else:
        raise CodeError("no end of the version")
    rest = body[used:]
    # One address for each state: no leading zeros.
    if not 0 < version <= MAX_VERSION or _version_characters(version) != body[:used] or rest.startswith("0"):
        raise CodeError("not written the one way a code is written")
    return version, rest


def _version_characters(version: int) -> str:
    digits = [version % 16]
    while version := version // 16:
        digits.append(version % 16 + 16)
    return "".join(ALPHABET[digit] for digit in reversed(digits))


def _radix(question: Question) -> int:
    return 2 ** len(question.options) if question.kind == MULTI else len(question.options) + 1


def _digit(question: Question, chosen: frozenset[str]) -> int:
    """0: not answered; a single question counts its options from 1, a multi question sets one bit an option."""
    if question.refusal(chosen):
        return 0
    places = [question.option_keys.index(key) for key in chosen]
    return sum(2**place for place in places) if question.kind == MULTI else places[0] + 1


def _chosen(question: Question, digit: int) -> frozenset[str]:
    if question.kind == MULTI:
        return frozenset(key for place, key in enumerate(question.option_keys) if digit >> place & 1)
    return frozenset({question.option_keys[digit - 1]}) if digit else frozenset()


def _characters(number: int) -> str:
    characters = ""
    while number:
        number, digit = divmod(number, 32)
        characters = ALPHABET[digit] + characters
    return characters


def _number(characters: str) -> int:
    number = 0
    for character in characters:
        number = number * 32 + ALPHABET.index(character)
    return number


def _check(flow_key: str, body: str) -> str:
    # The leading 1 makes the length count; the key makes a code of another flow fail.
    rest = (_number("1" + body) + zlib.crc32(flow_key.encode())) % CHECK_PRIME
    return _characters(rest).rjust(CHECK_LENGTH, ALPHABET[0])
