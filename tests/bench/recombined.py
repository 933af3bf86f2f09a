"""Texts made of the sentences of real ones, in another order; the same every time."""

import re
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from random import Random

from guidance.models.search import SearchEntry
from guidance.search.normal import VERSION, plain

SEED = 20261122
LENGTH = 390  # characters of a text
TITLE = range(6, 21)  # characters of a title
SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
CLAUSE = re.compile(r"[^，。！？、；：“”（）()\s]+")
MARKUP = re.compile(r"^\s*(?:[-#>|{:]|\d+\.)|[\[\]{}`*]")


def shuffled(text: str, random: Random) -> str:
    """Markdown with the sentences of each plain line in another order."""
    return "\n".join(line if MARKUP.search(line) else _mixed(line, random) for line in text.split("\n"))


def _mixed(line: str, random: Random) -> str:
    sentences = SENTENCE.findall(line)
    return "".join(random.sample(sentences, len(sentences)))


def recombined(texts: Iterable[str], keywords: Iterable[str], count: int) -> Iterator[SearchEntry]:
    """So many entries of about LENGTH characters, made of the sentences of some texts; every tenth has keywords."""
    random = Random(SEED)
    sentences = list(dict.fromkeys(sentence for text in texts for sentence in SENTENCE.findall(text)))
    titles = [clause for text in sentences for clause in CLAUSE.findall(text) if len(clause) in TITLE]
    typed = [words for words in keywords if words]
    for number in range(count):
        words = random.choice(typed) if number % 10 == 0 else ""
        yield _entry(number, random.choice(titles), _text(sentences, random), words)


def _text(sentences: list[str], random: Random) -> str:
    text = ""
    while len(text) < LENGTH:
        text += random.choice(sentences)
    return text


def _entry(number: int, title: str, text: str, keywords: str) -> SearchEntry:
    key = f"recombined-{number}"
    return SearchEntry(
        kind="faq",
        key=key,
        title=title,
        text=text,
        keywords=keywords,
        url=f"/faq/#{key}",
        order=number,
        normal_title=plain(title),
        normal_keywords="\n".join(map(plain, keywords.splitlines())),
        normal_text=plain(text),
        digest=blake2b(f"{title}\n{text}\n{keywords}".encode(), digest_size=16).hexdigest(),
        terms_version=VERSION,
    )
