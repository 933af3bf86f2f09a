"""The search index follows what is live: written with every publication, for every moment to come."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from guidance.models import SearchEntry, SiteStamp
from guidance.search import index
from guidance.search.normal import VERSION, plain
from guidance.services import live
from guidance.services.findable import FOUND, Unit, units
from guidance.services.timeline import QUOTED, Place, Timeline

NAMED = {"claim": "myth"}  # kinds that are found under another name
PLACE_OF = {name: kind for kind, name in NAMED.items()}
SAID = ("kind", "key", "section", "title", "heading", "text", "url", "order")
NORMAL = ("normal_title", "normal_heading", "normal_keywords", "normal_text")
FEW = 50  # documents whose rows are looked for one by one


@dataclass(frozen=True, slots=True)
class Stretch:
    """A unit that reads the same from one moment until another; None: since ever, for ever."""

    unit: Unit
    starts_at: datetime | None
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class Change:
    """How many entries were written and removed."""

    written: int
    removed: int


Known = tuple[str, str, str, datetime | None, datetime | None, str]  # what tells two rows of the index apart
KNOWN = ("kind", "key", "section", "starts_at", "ends_at", "digest")


def follow(places: Iterable[Place]) -> None:
    """Bring the index up to what some documents say, and those that quote them; in the transaction of the caller,
    after their publications were written."""
    changed = {place for place in places if place[0] in FOUND}
    if changed:
        timeline = Timeline(timezone.now())
        quoted = {place for place in changed if place[0] in QUOTED}
        _bring(timeline, changed | timeline.users(quoted))


def reindex(*, changed_only: bool) -> Change:
    """Write the index anew, or only what is not as it should be; readers see the old one until it is done.

    What was written by other rules for terms, or has lost something, is always written anew.
    """
    with transaction.atomic():
        stamp, _ = SiteStamp.objects.select_for_update().get_or_create(pk=1)
        timeline = Timeline(timezone.now())
        if changed_only and not _broken():
            change = _bring(timeline, None)
        else:
            removed = SearchEntry.objects.count()
            change = Change(index.make_anew(_rows(timeline, timeline.spans)), removed)
        if change.written or change.removed:
            stamp.number += 1  # pages that were made with the old index are made anew
            stamp.save()
            transaction.on_commit(live.forget)
    return change


def drift() -> list[str]:
    """What is wrong with the index, in words; nothing when it is what search_reindex would make."""
    timeline = Timeline(timezone.now())
    other = _of_other_rules()
    found = [f"{other} entries were made by other rules for terms"] if other else []
    altered = [row for row in SearchEntry.objects.iterator() if row.digest != _fingerprint(row)]
    found += [f"altered: {row}" for row in altered]
    wanted = {_known(row) for row in _rows(timeline, timeline.spans)}
    there = {each for each in _there(timeline.now, None) if each[4] is None or each[4] > timeline.now}
    found += [f"missing: {_named(each)}" for each in sorted(wanted - there, key=_named)]
    found += [f"surplus: {_named(each)}" for each in sorted(there - wanted, key=_named)]
    return [*found, *index.faults()]


def _broken() -> bool:
    """Whether more is wrong than that something was published meanwhile."""
    altered = (row.digest != _fingerprint(row) for row in SearchEntry.objects.iterator())
    return bool(_of_other_rules()) or any(altered) or any(index.faults())


def _of_other_rules() -> int:
    return SearchEntry.objects.exclude(terms_version=VERSION).count()


def _named(known: Known) -> str:
    kind, key, section, starts_at, *_ = known
    since = f" from {starts_at:%Y-%m-%d %H:%M}" if starts_at else ""
    return f"{kind}/{key}{'#' if section else ''}{section}{since}"


def _bring(timeline: Timeline, places: Collection[Place] | None) -> Change:
    """Rows of some documents, or of all, as they should be; those that are so already are left alone."""
    there = _there(timeline.now, places)
    rows = {_known(row): row for row in _rows(timeline, timeline.spans if places is None else places)}
    gone = [pk for each, pks in there.items() for pk in (pks[1:] if each in rows else pks)]
    new = [row for each, row in rows.items() if each not in there]
    if new or gone:
        index.write(new, instead_of=gone)
    return Change(len(new), len(gone))


def _there(now: datetime, places: Collection[Place] | None) -> dict[Known, list[int]]:
    """The ids of what is in the index, by what it says and when, what is over included."""
    rows = SearchEntry.objects.order_by("pk")
    if places is not None and len(places) <= FEW:
        rows = rows.filter(_any_of(places))
    found: dict[Known, list[int]] = {}
    for pk, kind, key, section, starts_at, ends_at, digest in rows.values_list("pk", *KNOWN):
        if places is None or (PLACE_OF.get(kind, kind), key) in places:
            since = None if starts_at and starts_at <= now else starts_at
            found.setdefault((kind, key, section, since, ends_at, digest), []).append(pk)
    return found


def _any_of(places: Iterable[Place]) -> Q:
    keys: dict[str, list[str]] = {}
    for kind, key in places:
        keys.setdefault(NAMED.get(kind, kind), []).append(key)
    return Q(*(Q(kind=kind, key__in=some) for kind, some in keys.items()), _connector=Q.OR)


def _rows(timeline: Timeline, places: Iterable[Place]) -> Iterator[SearchEntry]:
    """What should be in the index of some documents."""
    return (_row(stretch) for place in sorted(places) for stretch in _stretches(timeline, place))


def _stretches(timeline: Timeline, place: Place) -> Iterator[Stretch]:
    """What can be found of a document, now and later, each for as long as it reads the same."""
    if place not in timeline.spans or place[0] not in FOUND:
        return
    open_since: dict[Unit, datetime | None] = {}
    for moment in timeline.moments(place):
        value = timeline.at(place, moment)
        found = list(units(place[0], value, timeline.quoted(place, moment))) if value else []
        for unit in open_since.keys() - set(found):
            yield Stretch(unit, open_since.pop(unit), moment)
        for unit in found:
            open_since.setdefault(unit, None if moment == timeline.now else moment)
    yield from (Stretch(unit, since, None) for unit, since in open_since.items())


def _row(stretch: Stretch) -> SearchEntry:
    unit = stretch.unit
    said = {name: getattr(unit, name) for name in SAID} | {"keywords": "\n".join(unit.keywords)}
    normals = {f"normal_{name}": plain(said[name]) for name in ("title", "heading", "text")}
    normals["normal_keywords"] = "\n".join(filter(None, map(plain, unit.keywords)))
    times = {"starts_at": stretch.starts_at, "ends_at": stretch.ends_at}
    row = SearchEntry(**said, **normals, **times, terms_version=VERSION)
    row.digest = _fingerprint(row)
    return row


def _fingerprint(row: SearchEntry) -> str:
    """Of everything that is shown or searched."""
    said = [getattr(row, name) for name in (*SAID, "keywords", *NORMAL)]
    return blake2b(repr(said).encode(), digest_size=16).hexdigest()


def _known(row: SearchEntry) -> Known:
    return row.kind, row.key, row.section, row.starts_at, row.ends_at, row.digest
