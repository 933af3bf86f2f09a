"""Stored payloads as values: read once in a process, for what a revision says never changes."""

from collections import OrderedDict
from threading import Lock

from django.db.models import QuerySet

from guidance.documents import KINDS, Value
from guidance.models import Publication, Revision

KEPT = 4096  # values; several times what is live

_lock = Lock()
_values: OrderedDict[tuple[str, str], Value] = OrderedDict()  # by kind and digest


def value_of(revision: Revision) -> Value:
    """What a revision says."""
    known = _values.get((revision.kind, revision.digest))
    return known or _keep(revision.kind, revision.digest, KINDS[revision.kind].read(revision.payload)[0])


def values_of(publications: QuerySet[Publication]) -> dict[tuple[str, str], Value]:
    """What publications say, by (kind, key). Only payloads that are not known yet are fetched."""
    wanted = list(publications.select_related("revision").defer("revision__payload"))
    known = {p.revision_id: _values.get((p.kind, p.revision.digest)) for p in wanted}
    unknown = [pk for pk, value in known.items() if value is None]
    fetched = Revision.objects.filter(pk__in=unknown) if unknown else ()
    values = known | {revision.pk: value_of(revision) for revision in fetched}
    return {(p.kind, p.key): value for p in wanted if (value := values[p.revision_id])}


def _keep(kind: str, digest: str, value: Value) -> Value:
    with _lock:
        _values[kind, digest] = value
        while len(_values) > KEPT:
            _values.popitem(last=False)
    return value
