"""The one road to the public: check, snapshot, set when it is shown, raise the site stamp; all or nothing."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from guidance.documents import KINDS, Value, canonical
from guidance.engine.checks import check as check_flow
from guidance.engine.flow import Flow
from guidance.engine.problems import Problem, failures
from guidance.models import Publication, Revision, SiteStamp
from guidance.services import indexing, live
from guidance.services.moments import moment
from guidance.services.stored import value_of, values_of
from guidance.services.surroundings import Surroundings

FARTHEST = timedelta(days=3650)  # a year that was typed wrongly is told


@dataclass(frozen=True, slots=True)
class Entry:
    """One document on its way to publication."""

    kind: str
    document: Mapping[str, Any]
    author: Any = None  # staff users, or None for what came with the site
    reviewer: Any = None

    @property
    def key(self) -> str:
        return str(self.document.get("key", ""))


class Refused(Exception):  # noqa: N818 - the answer to "publish", not an accident
    """Nothing was published. problems: what stands in the way, by entry."""

    def __init__(self, problems: Mapping[tuple[str, str], Sequence[Problem]]) -> None:
        super().__init__("; ".join(f"{kind} {key}: {p.message}" for (kind, key), ps in problems.items() for p in ps))
        self.problems = problems


def check(entries: Iterable[Entry], *, rules: bool = True, alone: bool = False) -> dict[tuple[str, str], list[Problem]]:
    """Every problem of each entry: its form, its words, its references to what is live or is published with it.

    `rules`: also what the rules of a self-check do on every path. `alone`: as if nothing else were live.
    """
    found: dict[tuple[str, str], list[Problem]] = {}
    values: dict[tuple[str, str], Value] = {}
    for entry in entries:
        at = (entry.kind, entry.key)
        value, problems = KINDS[entry.kind].read(dict(entry.document))
        twice = [Problem("key", f"“{entry.key}”在这一批里出现了两次")] if at in values else []
        found[at] = [*found.get(at, []), *problems, *twice]
        values[at] = value
    around = Surroundings.alone(values) if alone else Surroundings.of(values)
    later = None if alone else _with_waiting(values)
    for at, value in values.items():
        found[at] += around.problems(at)
        found[at] += [p for p in failures(later.problems(at)) if p not in found[at]] if later else []
        if rules and isinstance(value, Flow):
            live_version = around.before.get(at)
            known = live_version if isinstance(live_version, Flow) else None
            found[at] += check_flow(value, known, paths=not failures(found[at]))
    return found


def _with_waiting(values: Mapping[tuple[str, str], Value]) -> Surroundings | None:
    """The surroundings once everything scheduled has started, too; None when nothing is scheduled."""
    waiting = _waiting_values()
    return Surroundings.of(waiting | dict(values)) if waiting else None


def _waiting_values() -> dict[tuple[str, str], Value]:
    return values_of(Publication.objects.waiting())


@dataclass(frozen=True, slots=True)
class Release:
    """Why something is published, for readers, and when it is before the public.

    starts_at: None is now. ends_at: None is until something newer.
    """

    note: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None

    def problems(self, now: datetime) -> Iterator[Problem]:
        if self.starts_at and self.starts_at <= now:
            yield Problem("", "开始时间已经过了。请改成以后的时间，或者留空马上发布")
        if any(at and at > now + FARTHEST for at in (self.starts_at, self.ends_at)):
            yield Problem("", "时间太远了，最多定在10年以内")
        if self.ends_at and self.ends_at <= (self.starts_at or now):
            yield Problem("", "结束时间应该晚于开始时间，也晚于现在")


def publish(entries: Sequence[Entry], release: Release = Release()) -> list[Revision]:
    """Publish documents together, in one transaction; raises Refused when a check of any of them fails.

    A document that is live just so is left alone. Gives the new revisions.
    """
    with transaction.atomic():
        # Locked first: publications queue up, so numbers are never taken twice and checks see what is really live.
        stamp, _ = SiteStamp.objects.select_for_update().get_or_create(pk=1)
        now = timezone.now()
        when = list(release.problems(now))
        problems = {at: [*when, *_waiting(at), *failures(found)] for at, found in check(entries).items()}
        if release.ends_at:
            problems = {at: [*found, *_left_behind(at, problems)] for at, found in problems.items()}
        for at, problem in _outlived(entries, release):
            problems[at].append(problem)
        if any(problems.values()):
            raise Refused({at: found for at, found in problems.items() if found})
        created = [revision for entry in entries if (revision := _snapshot(entry, release, now))]
        if created:
            indexing.follow((revision.kind, revision.key) for revision in created)
            _raise(stamp)
    return created


def take_off(kind: str, key: str) -> Revision:
    """End what is live under a key; raises Refused while anything live or scheduled refers to it, or a newer version
    is scheduled, LookupError when nothing is live. Gives the revision that was live."""
    with transaction.atomic():
        stamp, _ = SiteStamp.objects.select_for_update().get_or_create(pk=1)
        publication = current_publication(kind, key)
        if publication is None:
            raise LookupError(key)
        if problems := [*_waiting((kind, key)), *_left_behind((kind, key))]:
            raise Refused({(kind, key): problems})
        publication.ends_at = timezone.now()
        publication.save()
        indexing.follow([(kind, key)])
        _raise(stamp)
    return publication.revision


def cancel(kind: str, key: str) -> Revision:
    """Forget what is scheduled under a key; its number is not given again. Raises LookupError when nothing is, Refused
    when something else that is scheduled needs it."""
    with transaction.atomic():
        stamp, _ = SiteStamp.objects.select_for_update().get_or_create(pk=1)
        publication = Publication.objects.waiting().of(kind, key).first()
        if publication is None:
            raise LookupError(key)
        publication.delete()
        if left := [] if current_publication(kind, key) else _needed(kind, key, publication.revision):
            raise Refused({(kind, key): left})
        indexing.follow([(kind, key)])
        _raise(stamp)
    return publication.revision


def live_entries() -> list[Entry]:
    """Every live document, by kind and key."""
    pointers = Publication.objects.current().select_related("revision").order_by("kind", "key")
    return [Entry(p.kind, p.revision.payload) for p in pointers]


def users(kind: str, key: str) -> list[tuple[str, str]]:
    """What refers to a live document, as (kind, key): live, or scheduled to be."""
    now, later = Surroundings.of({}), Surroundings.of(_waiting_values())
    return list(dict.fromkeys([*now.users((kind, key)), *later.users((kind, key))]))


def _left_behind(at: tuple[str, str], besides: Iterable[tuple[str, str]] = ()) -> list[Problem]:
    """What refers to a document that goes; `besides`: those that go with it."""
    together = set(besides)
    return [_in_use(*user) for user in users(*at) if user not in together]


def _needed(kind: str, key: str, gone: Revision) -> list[Problem]:
    """What is scheduled and refers to a document that was to start with it."""
    around = Surroundings.of(_waiting_values() | {(kind, key): value_of(gone)})
    return [_in_use(*user) for user in around.users((kind, key))]


def _in_use(kind: str, key: str) -> Problem:
    return Problem("", f"{KINDS[kind].label}“{key}”还在用它，请先改掉那里")


def _outlived(entries: Iterable[Entry], release: Release) -> Iterator[tuple[tuple[str, str], Problem]]:
    """References to something else that ends sooner: they would lead nowhere from then on."""
    values = {(entry.kind, entry.key): KINDS[entry.kind].read(dict(entry.document))[0] for entry in entries}
    found = (Publication.objects.current(), Publication.objects.waiting())
    ending = [publication for each in found for publication in each.exclude(ends_at=None)]
    ends = {(p.kind, p.key): p.ends_at for p in ending if p.ends_at}
    sooner = {
        at: end for at, end in ends.items() if at not in values and (not release.ends_at or end < release.ends_at)
    }
    around = Surroundings.of(_waiting_values() | values) if sooner else Surroundings.alone(values)
    for (kind, key), end in sooner.items():
        problem = Problem("", f"{KINDS[kind].label}“{key}”{moment(end)}结束，不能再用它")
        yield from ((user, problem) for user in around.users((kind, key)) if user in values)


def _waiting(at: tuple[str, str]) -> Iterator[Problem]:
    for publication in Publication.objects.waiting().of(*at):
        starts = moment(publication.starts_at)
        yield Problem("", f"第{publication.revision.number}版定在{starts}发布，请先取消定时")


def _raise(stamp: SiteStamp) -> None:
    stamp.number += 1
    stamp.save()
    transaction.on_commit(live.forget)


def digest(document: Mapping[str, Any]) -> str:
    """A fingerprint of a document in canonical form."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def says_the_same(revision: Revision, document: Mapping[str, Any]) -> bool:
    """Whether a document says what was published; both in today's canonical form, which may have changed since."""
    today = canonical_document(revision.kind, document)
    return revision.payload == today or canonical_document(revision.kind, revision.payload) == today


def canonical_document(kind: str, document: Mapping[str, Any]) -> dict[str, Any]:
    """The document as it would be stored."""
    return canonical(KINDS[kind].read(dict(document))[0])


def current_publication(kind: str, key: str) -> Publication | None:
    """What is live under a key, with its revision."""
    return Publication.objects.current().of(kind, key).first()


def _snapshot(entry: Entry, release: Release, now: datetime) -> Revision | None:
    payload = canonical_document(entry.kind, entry.document)
    current = current_publication(entry.kind, entry.key)
    if current and current.ends_at == release.ends_at and says_the_same(current.revision, payload):
        return None
    latest = Revision.objects.filter(kind=entry.kind, key=entry.key).order_by("-number").first()
    revision = Revision.objects.create(
        kind=entry.kind,
        key=entry.key,
        number=latest.number + 1 if latest else 1,
        payload=payload,
        digest=digest(payload),
        author=entry.author,
        reviewer=entry.reviewer,
        note=release.note,
    )
    Publication.objects.create(
        kind=entry.kind,
        key=entry.key,
        revision=revision,
        starts_at=release.starts_at or now,
        ends_at=release.ends_at,
    )
    return revision
