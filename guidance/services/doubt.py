"""What may no longer be said as it stands, because a claim below it has run out or is gone."""

from collections.abc import Iterable, Mapping
from datetime import date

from guidance.documents.claim import REFUTED, Claim

IN_DOUBT = "这里依据的一条说法正在重新核对。核对完之前，先以支付宝 App 的页面和官方答复为准。"


def in_doubt(keys: Iterable[str], claims: Mapping[str, Claim], today: date) -> bool:
    """Whether any of some claims may no longer be shown as current. claims: what is live, by key."""
    return any(key not in claims or claims[key].status == REFUTED or claims[key].expired(today) for key in keys)


def said_of(myth: Claim) -> str:
    """What is said and not to be believed, as the page quotes it: without the full stop."""
    return myth.text.rstrip("。")


def why_not(myth: Claim, today: date) -> str:
    """Why it is not to be believed, in Markdown; that it is being checked once that has run out."""
    return IN_DOUBT if myth.expired(today) else myth.why
