"""Stored payloads as values: read once in a process, for what a revision says never changes."""

from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock

from guidance.documents import KINDS, Value
from guidance.models import Publication, Revision

KEPT = 4096  # values; several times what is live

_lock = Lock()
_values: OrderedDict[tuple[str, str], Value] = OrderedDict()  # by kind and digest


def value_of(revision: Revision) -> Value:
    """What a revision says."""
    known = _values.get((revision.kind, revision.digest))
    return known or _keep(revision.kind, revision.digest, KINDS[revision.kind].read(revision.payload)[0])


def values_of(publications: Iterable[Publication]) -> dict[tuple[str, str], Value]:
    """What publications say, by (kind, key). Give them without payloads: only those not known yet are fetched."""
    wanted = list(publications)
    unknown = [p.revision_id for p in wanted if (p.kind, p.revision.digest) not in _values]
    fetched = (
        {revision.pk: value_of(revision) for revision in Revision.objects.filter(pk__in=unknown)} if unknown else {}
    )
    return {
        (p.kind, p.key): fetched[p.revision_id] if p.revision_id in fetched else _values[p.kind, p.revision.digest]
        for p in wanted
    }


def _keep(kind: str, digest: str, value: Value) -> Value:
    with _lock:
        _values[kind, digest] = value
        while len(_values) > KEPT:
            _values.popitem(last=False)
    return value
