"""Gives a site people who have still to sign in, run in its manage shell; prints what each of them knows."""

import json
import os
import secrets

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from accounts.invitations import invite

known = {}
for name, (has, *roles) in json.loads(os.environ["PEOPLE"]).items():
    user = get_user_model().objects.create_user(name, is_staff=True)
    user.groups.set(Group.objects.filter(name__in=roles))
    known[name] = {}
    if has == "invitation":
        known[name]["link"] = invite(user)
        continue
    known[name]["password"] = secrets.token_urlsafe()
    user.set_password(known[name]["password"])
    user.save()
    if has == "factor":
        known[name]["secret"] = generate_totp_secret()
        TOTP.activate(user, known[name]["secret"])
        known[name]["recovery"] = RecoveryCodes.activate(user).get_unused_codes()
print(json.dumps(known))
