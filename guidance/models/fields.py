"""A piece of a document in one column: lists, conditions, answers."""

import json
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.fields import InvalidJSONInput

from guidance.engine.reading import unsavable


class DocumentFormField(forms.JSONField):
    """JSON that a database can hold; anything else is said, not a server error. Cleared, it is what `default` gives."""

    def __init__(self, *, default: Callable[[], Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._default = default

    def to_python(self, value: Any) -> Any:
        try:
            found = super().to_python(value)
            json.dumps(found, allow_nan=False)
            unsaved = list(unsavable(found))
        except (RecursionError, ValueError) as error:
            raise ValidationError("这里的内容读不出来，请检查括号和数字。") from error
        if unsaved:
            raise ValidationError("这里有无法保存的字符，请删掉。")
        return found

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        return self._default() if found is None else found

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was typed is shown again as it was typed."""
        return initial if self.disabled else InvalidJSONInput(data or "")


class DocumentField(models.JSONField):
    """JSON that editors fill in; cleared, it is its default."""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": DocumentFormField, "default": self.get_default, **kwargs})


def keywords_field() -> DocumentField:
    """The words that readers type for a document; every kind that a search finds has it."""
    return DocumentField(
        "关键词", default=list, blank=True, help_text="读者会打、正文里没有的词，例如俗称、错别字；只用来搜索，不显示。"
    )
