"""The one road to the public: check, snapshot, move the live pointer, raise the site stamp; all or nothing."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from guidance.documents import KINDS, Value, canonical
from guidance.engine.checks import check as check_flow
from guidance.engine.flow import Flow
from guidance.engine.problems import Problem, failures
from guidance.models import Live, Revision, SiteStamp
from guidance.services import live
from guidance.services.surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class Entry:
    """One document on its way to publication."""

    kind: str
    document: Mapping[str, Any]

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
    for at, value in values.items():
        found[at] += around.problems(at)
        if rules and isinstance(value, Flow):
            live_version = around.before.get(at)
            known = live_version if isinstance(live_version, Flow) else None
            found[at] += check_flow(value, known, paths=not failures(found[at]))
    return found


def publish(entries: Sequence[Entry], *, author: Any = None, note: str = "") -> list[Revision]:
    """Publish documents together, in one transaction; raises Refused when a check of any of them fails.

    A document that is live just so is left alone. Gives the new revisions.
    `author`: a staff user, or None for what came with the site.
    """
    with transaction.atomic():
        # Locked first: publications queue up, so numbers are never taken twice and checks see what is really live.
        stamp, _ = SiteStamp.objects.select_for_update().get_or_create(pk=1)
        problems = {at: failures(found) for at, found in check(entries).items()}
        if any(problems.values()):
            raise Refused({at: found for at, found in problems.items() if found})
        created = [revision for entry in entries if (revision := _snapshot(entry, author, note))]
        if created:
            stamp.number += 1
            stamp.save()
            transaction.on_commit(live.forget)
    return created


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


def _snapshot(entry: Entry, author: Any, note: str) -> Revision | None:
    payload = canonical_document(entry.kind, entry.document)
    pointer = Live.objects.select_related("revision").filter(kind=entry.kind, key=entry.key).first()
    if pointer and says_the_same(pointer.revision, payload):
        return None
    latest = Revision.objects.filter(kind=entry.kind, key=entry.key).order_by("-number").first()
    revision = Revision.objects.create(
        kind=entry.kind,
        key=entry.key,
        number=latest.number + 1 if latest else 1,
        payload=payload,
        digest=digest(payload),
        author=author,
        note=note,
    )
    Live.objects.update_or_create(kind=entry.kind, key=entry.key, defaults={"revision": revision})
    return revision
