"""All changes between two versions of a document, each with the name of its place as editors know it."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from guidance.documents.difference.alignment import longest_rising
from guidance.documents.difference.place import Place
from guidance.documents.difference.texts import ADDED, REMOVED, SAME, Span, compare_texts, compare_units, sentences
from guidance.documents.difference.wording import NOTHING, Part, Wording, is_empty, key_of, parts_of, raw
from guidance.documents.labels import CONDITION, FIELDS, GROUP, PARTS, TEXT, Field

GAP = "gap"  # unchanged text far from any change, which can be folded away
FOLDED = 60  # characters of it below which folding gains nothing
QUOTED = re.compile(r"“[^”]*”|[^“]+|“")  # the units of a condition: a name is replaced whole


@dataclass(frozen=True, slots=True)
class Change:
    """place: the path in the document, parts by their keys. label: the same for editors. note: where a part moved to.

    spans: the words before and after; of a part that is new or gone, everything it says.
    """

    place: str
    label: str
    spans: tuple[Span, ...] = ()
    note: str = ""

    @property
    def kind(self) -> str:
        """What happened, for editors."""
        ops = {span.op for span in self.spans}
        if self.note:
            return "移动"
        return {frozenset([ADDED]): "新增", frozenset([REMOVED]): "删去"}.get(frozenset(ops), "修改")

    def excerpt(self) -> Iterator[Span]:
        """The spans, with long unchanged text between and around the changes cut into spans of their own, GAP."""
        last = len(self.spans) - 1
        for place, span in enumerate(self.spans):
            yield from _folded(span, after=place > 0, before=place < last) if span.op == SAME else [span]


def compare_documents(kind: str, before: Any, after: Any) -> list[Change]:
    """Every change of a document of this kind, nothing that is the same. Give {} for a version that is not there.

    Takes any two values; those in canonical form have no differences without meaning.
    """
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        return list(_Comparison(before, after).fields(kind, before, after, Place()))
    return [] if before == after else [Change("", "内容", _whole_lines(raw(before), raw(after)))]


_Id = tuple[str, int]  # the key of a part, and how many parts with it came before


class _Comparison:
    def __init__(self, before: Part, after: Part) -> None:
        self._words = Wording(before, after)

    def fields(self, table: str, before: Part, after: Part, at: Place) -> Iterator[Change]:
        known = FIELDS.get(table, {})
        for name in [*known, *sorted((set(before) | set(after)) - set(known), key=str)]:
            field = known.get(name, Field(str(name), TEXT))
            old, new = _value(field, before.get(name)), _value(field, after.get(name))
            if old != new:
                yield from self._field(str(name), field, (old, new), at)

    def _field(self, name: str, field: Field, values: tuple[Any, Any], at: Place) -> Iterator[Change]:
        old, new = values
        if field.form == GROUP and isinstance(old or {}, Mapping) and isinstance(new or {}, Mapping):
            inner = list(self.fields(name, old or {}, new or {}, at.inside(name, field.label)))
            yield from inner or [Change(*at.field(name, field.label), _whole_lines(raw(old), raw(new)))]
            return
        parts = parts_of(old), parts_of(new)
        if field.form == PARTS and parts[0] is not None and parts[1] is not None:
            yield from self._parts(name, field.label, (parts[0], parts[1]), at)
            return
        words = self._words.value(field, old), self._words.value(field, new)
        if words[0] == words[1]:  # other keys or types that read the same
            words = raw(old), raw(new)
        yield Change(*at.field(name, field.label), _compared(field, *words))

    def _parts(self, table: str, noun: str, lists: tuple[list[Part], list[Part]], at: Place) -> Iterator[Change]:
        """Parts that are gone, new, moved or changed inside, in the order of reading."""
        old, new = _by_id(lists[0]), _by_id(lists[1])
        moves = _moves(list(old), list(new))
        for part_id in _reading_order(list(old), list(new)):
            part = new.get(part_id) or old.get(part_id, {})
            called = self._words.name(table, part, at.key)
            here = at.inside(f"{table}/{_path(part_id)}", f"{noun}“{called}”", key_of(part))
            if part_id in old and part_id in new:
                if part_id in moves:
                    yield Change(here.path, here.label, note=self._move(table, moves[part_id], lists[1], at))
                yield from self.fields(table, old[part_id], new[part_id], here)
            else:
                said = "\n".join(self._words.lines(table, part)) or NOTHING
                yield Change(here.path, here.label, (Span(said, ADDED if part_id in new else REMOVED),))

    def _move(self, table: str, places: tuple[int, int], parts: Sequence[Part], at: Place) -> str:
        before, after = places
        if before != after:
            return f"从第{before + 1}位移到第{after + 1}位"
        if after == 0:
            return "移到了最前面"
        return f"移到了“{self._words.name(table, parts[after - 1], at.key)}”后面"


def _value(field: Field, value: Any) -> Any:
    if is_empty(value):
        return field.default
    return value


def _compared(field: Field, before: str, after: str) -> tuple[Span, ...]:
    if field.form == TEXT:
        return tuple(compare_texts(before, after))
    if field.form == CONDITION:
        return tuple(compare_units(QUOTED.findall(before), QUOTED.findall(after)))
    return _whole_lines(before, after)


def _whole_lines(before: str, after: str) -> tuple[Span, ...]:
    return tuple(compare_units(before.splitlines(keepends=True), after.splitlines(keepends=True)))


def _by_id(parts: Sequence[Part]) -> dict[_Id, Part]:
    seen: Counter[str] = Counter()
    found = {}
    for part in parts:
        found[key_of(part), seen[key_of(part)]] = part
        seen[key_of(part)] += 1
    return found


def _path(part_id: _Id) -> str:
    key, times = part_id
    return f"{key}~{times + 1}" if times else key


def _moves(old: Sequence[_Id], new: Sequence[_Id]) -> dict[_Id, tuple[int, int]]:
    """The fewest parts whose moving explains the new order, with their places before and after."""
    before = {part_id: place for place, part_id in enumerate(old)}
    after = {part_id: place for place, part_id in enumerate(new)}
    common = [part_id for part_id in new if part_id in before]
    stays = {common[place] for place in longest_rising([before[part_id] for part_id in common])}
    return {part_id: (before[part_id], after[part_id]) for part_id in common if part_id not in stays}


def _reading_order(old: Sequence[_Id], new: Sequence[_Id]) -> list[_Id]:
    """All parts in the new order; those that are gone follow the part they followed."""
    there = set(new)
    gone: dict[_Id | None, list[_Id]] = {}
    last = None
    for part_id in old:
        if part_id in there:
            last = part_id
        else:
            gone.setdefault(last, []).append(part_id)
    found = list(gone.get(None, []))
    for part_id in new:
        found += [part_id, *gone.get(part_id, [])]
    return found


def _folded(span: Span, *, after: bool, before: bool) -> Iterator[Span]:
    """Unchanged text: a sentence after a change and one before the next stay in sight."""
    units = sentences(span.text)
    head = units[:1] if after else []
    tail = units[len(head) :][-1:] if before else []
    middle = "".join(units[len(head) : len(units) - len(tail)])
    if len(middle) < FOLDED:
        yield span
        return
    for text, op in (("".join(head), SAME), (middle, GAP), ("".join(tail), SAME)):
        if text:
            yield Span(text, op)
