"""manage.py rotate_secrets: seal the second factors under today's SECRET_KEY, before an old key is thrown away."""

from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.record import record
from accounts.sealing import reseal

# In allauth: of an app, of recovery codes, and of such codes that came from elsewhere.
SECRETS = ("secret", "seed", "migrated_codes")


class Command(BaseCommand):
    help = "Seal all second factors anew, so that a key can leave SECRET_KEY_FALLBACKS. May be run again."

    def handle(self, *args: Any, **options: Any) -> None:
        sealed, lost = 0, []
        for number in Authenticator.objects.order_by("pk").values_list("pk", flat=True):
            done = _sealed_anew(number)
            sealed += done is True
            lost += [] if done is not False else [number]
        self.stdout.write(f"Sealed {sealed} second factors under today's SECRET_KEY.")
        if sealed:
            record("factor", None, f"在服务器上：{sealed}个第二步验证换用了现在的密钥")
        if lost:
            raise CommandError("\n".join(["No key opens the second factors of:", *_owners(lost)]))


@transaction.atomic
def _sealed_anew(number: int) -> bool | None:
    """Whether what one factor holds could be sealed anew; None where it holds nothing secret."""
    factor = Authenticator.objects.select_for_update().filter(pk=number).first()
    if factor is None or factor.type == Authenticator.Type.WEBAUTHN:
        return None
    try:
        secrets = {name: _resealed(factor.data[name]) for name in SECRETS if name in factor.data}
    except InvalidToken:
        return False
    factor.data |= secrets
    factor.save(update_fields=["data"])
    return True


def _resealed(sealed: str | list[str]) -> str | list[str]:
    return [reseal(each) for each in sealed] if isinstance(sealed, list) else reseal(sealed)


def _owners(lost: list[int]) -> list[str]:
    found = Authenticator.objects.filter(pk__in=lost).order_by("user__username")
    return [f"  {name} ({kind})" for name, kind in found.values_list("user__username", "type")]
