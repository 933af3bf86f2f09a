"""What all drafts share: rows that editors change, and the plain document they stand for."""

from datetime import date
from typing import Any, ClassVar, Self, cast

from django.conf import settings
from django.db import models

from guidance.engine.reading import one_newline


class DocumentPart(models.Model):
    """A row that is a dict in a document. Fields and parts are named as they are in the document."""

    FIELDS: ClassVar[tuple[str, ...]]
    PARTS: ClassVar[tuple[str, ...]] = ()  # related names of ordered rows inside this one

    # Raised by every change: a form that was opened before the last one may not overwrite it.
    version = models.PositiveBigIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    def to_document(self) -> dict[str, Any]:
        """This row and the rows inside it as a plain dict, without empty fields."""
        document = {name: _plain(getattr(self, name)) for name in self.FIELDS}
        document |= {name: [part.to_document() for part in getattr(self, name).all()] for name in self.PARTS}
        return {name: value for name, value in document.items() if value not in (None, "", [], {})}

    def load(self, document: dict[str, Any]) -> Self:
        """Overwrite this row and the rows inside it with a document, and save. Rows whose key stays, stay."""
        new = self.pk is None
        self.version += 0 if new else 1
        for name in self.FIELDS:
            field = cast("models.Field[Any, Any]", self._meta.get_field(name))
            setattr(self, name, document[name] if name in document else field.get_default())
        self.save()
        for name in self.PARTS:
            rows = getattr(self, name)
            known = {} if new else {row.key: row for row in rows.all()}
            kept = []
            for position, part in enumerate(document.get(name, [])):
                row = known.pop(part["key"], None) or rows.model(**{rows.field.name: self})
                row.position = position
                kept.append(row.load(part).pk)
            rows.exclude(pk__in=kept).delete()
        return self


class Part(DocumentPart):
    """A row inside another one, in the order of `position`."""

    position = models.PositiveSmallIntegerField("顺序", default=0)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]


NAME_LENGTH = 40  # characters of a text that name what it is of


def name_of(text: str) -> str:
    """The beginning of a text, to call something by."""
    line = " ".join(text.split())
    return line if len(line) <= NAME_LENGTH else f"{line[: NAME_LENGTH - 1]}…"


class State(models.TextChoices):
    """Where a draft stands on its way to the public."""

    DRAFT = "draft", "草稿"
    IN_REVIEW = "in_review", "待审"
    RETURNED = "returned", "退回"
    APPROVED = "approved", "可发布"
    PUBLISHED = "published", "已发布"


class Draft(DocumentPart):
    """The working copy of a document. The public never sees it: it reads what was published from it."""

    KIND: ClassVar[str]
    objects: ClassVar[models.Manager[Self]]

    key = models.SlugField("标识", max_length=40, unique=True, help_text="小写字母、数字和连字符，定了就不再改。")
    checked_on = models.DateField("核对日期", null=True)
    review_by = models.DateField("下次核对", null=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT, editable=False)
    # The digest of what was sent for review: only that may be approved and published.
    submitted = models.CharField(max_length=64, blank=True, editable=False)
    updated_at = models.DateTimeField("修改时间", auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="修改人",
    )

    class Meta:
        abstract = True
        ordering = ["key"]

    def __str__(self) -> str:
        return getattr(self, "title", "") or getattr(self, "name", "") or self.key


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return one_newline(value)  # browsers send two characters for the end of a line
    return value.isoformat() if isinstance(value, date) else value
