"""Gives a site its people, run in its manage shell: each with roles, and sessions in which everything was proven."""

import json
import os
import time
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import get_random_string

EACH = 30  # sessions, one for each time that somebody signs in
LIFE = timedelta(seconds=settings.SESSION_COOKIE_AGE)

hired = {}
for name, roles in json.loads(os.environ["PEOPLE"]).items():
    user = get_user_model().objects.create_user(name, is_staff=True)
    user.groups.set(Group.objects.filter(name__in=roles))
    known = {
        SESSION_KEY: str(user.pk),
        BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
        HASH_SESSION_KEY: user.get_session_auth_hash(),
        "account_authentication_methods_user": str(user.pk),
        # Proven an hour from now, so that it is fresh for as long as the tests may run.
        "account_authentication_methods": [{"method": "mfa", "at": time.time() + 60 * 60}],
    }
    data, until = Session.get_session_store_class()().encode(known), timezone.now() + LIFE
    hired[name] = [get_random_string(32) for _ in range(EACH)]
    Session.objects.bulk_create(Session(session_key=key, session_data=data, expire_date=until) for key in hired[name])
print(json.dumps([settings.SESSION_COOKIE_NAME, hired]))
