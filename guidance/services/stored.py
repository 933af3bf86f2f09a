"""Stored payloads as values: read once in a process, for what a revision says never changes."""

from collections import OrderedDict
from collections.abc import Mapping
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
    wanted = list(publications.values_list("kind", "key", "revision_id", "revision__digest"))
    values = revision_values({pk: (kind, digest) for kind, _, pk, digest in wanted})
    return {(kind, key): values[pk] for kind, key, pk, _ in wanted}


def revision_values(digests: Mapping[int, tuple[str, str]]) -> dict[int, Value]:
    """What revisions say, by primary key. digests: the kind and digest of each. One query for those not known yet."""
    known = {pk: value for pk, each in digests.items() if (value := _values.get(each))}
    unknown = digests.keys() - known.keys()
    fetched = Revision.objects.filter(pk__in=unknown) if unknown else ()
    return known | {revision.pk: value_of(revision) for revision in fetched}


def _keep(kind: str, digest: str, value: Value) -> Value:
    with _lock:
        _values[kind, digest] = value
        while len(_values) > KEPT:
            _values.popitem(last=False)
    return value
