"""What a strict sub-editor would mark in the words of a document; each finding with a proposed fix, nothing changed."""

import re
from collections.abc import Iterable, Iterator

from guidance.documents.embeds import EMBED
from guidance.documents.lint.numbers import telephone_numbers
from guidance.documents.lint.recovery import about_recovery, timed_recovery
from guidance.documents.lint.style import EXCERPT, style_findings, without_quotes
from guidance.documents.words import HEADING, MARKDOWN, SAID, TYPED, Words
from guidance.engine.problems import FAIL, WARN, Problem

HEADING_LENGTH = 20  # characters
SENTENCE_LENGTH = 40
REPEATED_LENGTH = 20  # a paragraph that stands twice and is at least this long was pasted twice
SENTENCE_END = re.compile(r"[。！？；…\n|]")
BRACES = re.compile(r"[{｛]\s*(?:claim|contact)\b")
EMBED_IN_LINK = re.compile(r"\[[^\]]*\{(?:claim|contact):[^\]]*\]\(")

Finding = tuple[str, str]  # message and level


def lint(words: Iterable[Words], numbers: frozenset[str]) -> list[Problem]:
    """Everything to mend. numbers: the telephone numbers in the registry."""
    found: list[Problem] = []
    title = ""
    for text in words:
        if text.role == HEADING:
            title = text.text
        findings = _findings(text, numbers, asked=about_recovery(title))
        found += [Problem(text.place, message, level) for message, level in findings]
    return found


def _findings(words: Words, numbers: frozenset[str], *, asked: bool) -> Iterator[Finding]:
    """`asked`: whether the title before this text is about recovery."""
    is_markdown = words.role == MARKDOWN
    for raw in words.text.splitlines() if is_markdown else [words.text]:
        line, is_heading = (_shown(raw), raw.startswith("#")) if is_markdown else (raw, words.role == HEADING)
        if is_heading or raw.rstrip().endswith("：") or (raw.startswith("|") and about_recovery(raw)):
            asked = about_recovery(line)
        if words.role not in (SAID, TYPED):
            yield from style_findings(line)
            if timed := timed_recovery(without_quotes(line), asked=asked):
                yield timed, FAIL
        yield from _unregistered(line, numbers, is_markdown=is_markdown)
        if words.role != TYPED:
            yield from _too_long(line, heading=is_heading)
        yield from _broken_embeds(raw, is_heading=is_heading, is_markdown=is_markdown)
    yield from _pasted_twice(words.text)


def _shown(line: str) -> str:
    """A line as a reader sees it, without marks of Markdown; a number that a link dials stands beside its words."""
    text = EMBED.sub(lambda m: "\n" if m[1] == "claim" else "电话", line)
    text = re.sub(r"<https?://[^>\s]*>", "", text)
    text = re.sub(r"!?\[([^\]]*)\]\((?:tel:([^)]*)|[^)]*)\)", lambda m: f"|{m[2]}|{m[1]}" if m[2] else m[1], text)
    return re.sub(r"^\s*(?:[-*>] |\d+\. |#+ )+|[*_`]", "", text).strip(" ")


def _unregistered(line: str, numbers: frozenset[str], *, is_markdown: bool) -> Iterator[Finding]:
    advice = "改用 {contact:标识}，或先登记并核对这个号码" if is_markdown else "先登记并核对这个号码，或者不写号码"
    for written, number in telephone_numbers(line):
        if number not in numbers:
            yield f"号码“{written}”不在官方联系方式里。建议{advice}", FAIL


def _too_long(line: str, *, heading: bool) -> Iterator[Finding]:
    if heading:
        if len(line) > HEADING_LENGTH:
            yield f"标题“{line[:EXCERPT]}…”有{len(line)}个字，最多{HEADING_LENGTH}个。建议只留最要紧的词", WARN
        return
    for sentence in SENTENCE_END.split(line):
        if len(sentence) > SENTENCE_LENGTH:
            yield f"“{sentence[:EXCERPT]}…”有{len(sentence)}个字，最多{SENTENCE_LENGTH}个。建议拆成两句", WARN


def _broken_embeds(line: str, *, is_heading: bool, is_markdown: bool) -> Iterator[Finding]:
    """References that a reader would see as braces, or that would tear a heading or a link."""
    if is_markdown and not is_heading:
        if BRACES.search(EMBED.sub("", line)):
            yield f"“{line[:EXCERPT]}”：引用写错了。建议写成 {{claim:标识}} 或 {{contact:标识}}，用半角，不加空格", FAIL
        if EMBED_IN_LINK.search(line):
            yield f"“{line[:EXCERPT]}”：链接的文字里不能引用。建议把引用放到链接后面", FAIL
    elif BRACES.search(line):
        yield f"“{line[:EXCERPT]}”：这里不能引用，读者会看到括号。建议直接写出文字", FAIL


def _pasted_twice(text: str) -> Iterator[Finding]:
    seen: set[str] = set()
    for paragraph in text.split("\n\n"):
        if len(EMBED.sub("", paragraph)) >= REPEATED_LENGTH and paragraph in seen:
            yield f"“{paragraph[:EXCERPT]}…”出现了两次。建议删掉一处", FAIL
        seen.add(paragraph)
