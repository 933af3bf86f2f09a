"""Steps that concern no document: other apps call `record` by the name in settings.AUDIT."""

from typing import Any

from guidance.models import Action, Event


def record(action: str, actor: Any, note: str, subject: str = "") -> None:
    """Add to the record. action: a value of Action. subject: whom or what it is about, e.g. a user name."""
    Event.objects.create(action=Action(action), actor=actor, key=subject, note=note)
