"""Staff for tests: somebody in each role, and drafts that stand somewhere on their road."""

import time
from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client

from guidance.models import DRAFTS, Draft, State
from guidance.services import workflow
from guidance.services.drafts import fingerprint, touched
from guidance.services.publishing import Release, current_publication
from tests import builders

WRITER, REVIEWER, PUBLISHER, KEEPER = "作者", "审核", "发布", "管理员"
SUPERUSER, NOBODY = "superuser", "nobody"
EVERYBODY = (WRITER, REVIEWER, PUBLISHER, KEEPER, SUPERUSER, NOBODY)


def staff(role: str, name: str = "") -> Any:
    """Somebody in a role; NOBODY may sign in and has none."""
    users: Any = get_user_model().objects
    user = users.create_user(name or f"staff-{users.count()}", is_staff=True, is_superuser=role == SUPERUSER)
    if role not in (SUPERUSER, NOBODY):
        user.groups.add(Group.objects.get(name=role))
    return user


def desk_of(user: Any, **proof: Any) -> Client:
    """A browser in which somebody is signed in, with a second factor; for another proof, see `prove`."""
    client = Client()
    sign_in(client, user, **proof)
    return client


def sign_in(client: Client, user: Any, **proof: Any) -> None:
    """Sign somebody in, with a second factor; for another proof, see `prove`."""
    client.force_login(user)
    session = client.session
    prove(session, user, **proof)
    session.save()


def prove(session: Any, user: Any, seconds_ago: float = 0, method: str = "mfa") -> None:
    """Note in a session that a second factor was shown, as signing in does."""
    session["account_authentication_methods_user"] = str(user.pk)
    steps = session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [*steps, {"method": method, "at": time.time() - seconds_ago}]


def written(kind: str, document: dict[str, Any], user: Any) -> Draft:
    """A draft that somebody wrote."""
    draft = DRAFTS[kind].objects.filter(key=document["key"]).first() or DRAFTS[kind]()
    draft.load(document)
    touched(type(draft).objects.get(pk=draft.pk), user)
    draft.refresh_from_db()
    return draft


def edited_guide(user: Any, **changes: Any) -> Draft:
    """The draft of a live guide that somebody changed."""
    builders.go_live(("article", builders.article()))
    return written("article", builders.article(**{"title": "改过的标题？"} | changes), user)


def standing(draft: Draft, state: State) -> Draft:
    """The draft, as if it had come as far as `state`."""
    sent = state in (State.IN_REVIEW, State.APPROVED)
    draft.state, draft.submitted = state, fingerprint(draft) if sent else ""
    draft.save(update_fields=["state", "submitted"])
    return draft


def approved(draft: Draft, writer: Any, reviewer: Any) -> Draft:
    """The draft after review."""
    workflow.move(draft, workflow.Action.SUBMIT, writer)
    workflow.move(draft, workflow.Action.APPROVE, reviewer)
    draft.refresh_from_db()
    return draft


def publish(draft: Draft, publisher: Any, **when: Any) -> Any:
    """Publish an approved draft; gives the revision."""
    (revision,) = workflow.publish_drafts([draft], publisher, Release(**when))
    draft.refresh_from_db()
    return revision


def looked_at(draft: Any) -> dict[str, Any]:
    """What the forms of a draft's page carry unseen: what it says, and which version is live."""
    live = current_publication(draft.KIND, draft.key)
    seen = fingerprint(type(draft).objects.get(pk=draft.pk))
    return {"seen": seen, "number": live.revision.number if live else ""}
