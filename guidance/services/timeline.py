"""What is live and what will be: every document with the moments at which what it says changes by the clock."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from itertools import pairwise

from django.db.models import QuerySet
from django.utils import timezone

from guidance.documents import KINDS, Value
from guidance.documents.claim import Claim
from guidance.documents.contact import Contact
from guidance.models import Publication
from guidance.services.stored import revision_values

Place = tuple[str, str]  # kind and key of a document
QUOTED = ("claim", "contact")  # kinds whose words stand in other documents
POINTER = ("kind", "key", "revision_id", "revision__digest", "starts_at", "ends_at")


@dataclass(frozen=True, slots=True)
class Span:
    """What a document says from one moment until another; ends_at None: for ever."""

    value: Value
    starts_at: datetime
    ends_at: datetime | None

    def holds(self, at: datetime) -> bool:
        return self.starts_at <= at and (self.ends_at is None or at < self.ends_at)


@dataclass(frozen=True, slots=True)
class Quoted:
    """What a document may quote at a moment, by key, and which day that is."""

    claims: Mapping[str, Claim]
    contacts: Mapping[str, Contact]
    today: date


class Timeline:
    """Everything that is before the public from one moment on, read from the database once."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        found = [
            *_pointers(Publication.objects.current(now)),
            *_pointers(Publication.objects.filter(starts_at__gt=now)),
        ]
        values = revision_values({pk: (kind, digest) for kind, _, pk, digest, *_ in found})
        self.spans: dict[Place, list[Span]] = {}
        for kind, key, pk, _, starts_at, ends_at in found:
            self.spans.setdefault((kind, key), []).append(Span(values[pk], starts_at, ends_at))
        for place, spans in self.spans.items():
            if len(spans) > 1:
                self.spans[place] = list(_one_after_another(spans))

    def at(self, place: Place, moment: datetime) -> Value | None:
        """What a document says at a moment; None when it is not before the public."""
        return next((span.value for span in self.spans.get(place, ()) if span.holds(moment)), None)

    def quoted(self, place: Place, moment: datetime) -> Quoted:
        """What a document may quote at a moment."""
        live = [value for used in self._uses.get(place, ()) if (value := self.at(used, moment))]
        return Quoted(
            {value.key: value for value in live if isinstance(value, Claim)},
            {value.key: value for value in live if isinstance(value, Contact)},
            timezone.localdate(moment),
        )

    def users(self, places: Iterable[Place]) -> set[Place]:
        """The documents that quote or rest on any of some others, now or later."""
        wanted = set(places)
        return {place for place, used in self._uses.items() if not wanted.isdisjoint(used)}

    def moments(self, place: Place) -> list[datetime]:
        """From when on what a document says may be another: now, then each moment to come."""
        found = {moment for each in (place, *self._uses[place]) for moment in self._changes(each)}
        return [self.now, *sorted(moment for moment in found if moment > self.now)]

    def _changes(self, place: Place) -> Iterator[datetime]:
        for span in self.spans.get(place, ()):
            yield span.starts_at
            if span.ends_at:
                yield span.ends_at
            if isinstance(span.value, Claim) and span.value.expires_on:
                yield timezone.make_aware(datetime.combine(date.fromisoformat(span.value.expires_on), time.min))

    @cached_property
    def _uses(self) -> dict[Place, set[Place]]:
        return {
            place: {ref for span in spans for ref in _uses(place, span.value)} for place, spans in self.spans.items()
        }


def _pointers(publications: QuerySet[Publication]) -> list[tuple[str, str, int, str, datetime, datetime | None]]:
    return list(publications.order_by("starts_at", "pk").values_list(*POINTER))


def _one_after_another(spans: list[Span]) -> Iterator[Span]:
    """A document says what started last, to the moment at which the next starts."""
    for span, following in pairwise(spans):
        ends = [at for at in (span.ends_at, following.starts_at) if at]
        yield Span(span.value, span.starts_at, min(ends))
    yield spans[-1]


def _uses(place: Place, value: Value) -> Iterator[Place]:
    """The claims and contacts whose words stand in a document, or on which it rests."""
    return ((ref.kind, ref.key) for ref in KINDS[place[0]].references(value) if ref.kind in QUOTED)
