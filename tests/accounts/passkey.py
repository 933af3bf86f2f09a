"""A passkey in software: answers challenges as a phone would, or as somebody who cheats."""

import json
import secrets
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from django.test import Client
from django.urls import reverse
from fido2.cose import ES256
from fido2.utils import sha256, websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

FLAG = AuthenticatorData.FLAG
PRESENT, VERIFIED = FLAG.UP, FLAG.UP | FLAG.UV
HOST = "testserver"


class Passkey:
    """origin, host and flags may be set to what an honest phone would not say."""

    def __init__(self, origin: str = f"https://{HOST}", host: str = HOST, flags: int = VERIFIED) -> None:
        self.origin, self.host, self.flags = origin, host, flags
        self.id = secrets.token_bytes(16)
        self.key = generate_private_key(SECP256R1())
        self.user = b""

    def create(self, options: Any) -> dict[str, Any]:
        """What a browser answers to options for setting up."""
        self.user = websafe_decode(options["publicKey"]["user"]["id"])
        public = ES256.from_cryptography_key(self.key.public_key())
        credential = AttestedCredentialData.create(b"\0" * 16, self.id, public)
        data = AuthenticatorData.create(sha256(self.host.encode()), self.flags | FLAG.AT, 0, credential)
        attested = AttestationObject.create("none", data, {})
        return self._answer(
            clientDataJSON=self._client(CollectedClientData.TYPE.CREATE, options), attestationObject=attested
        )

    def get(self, options: Any) -> dict[str, Any]:
        """What a browser answers to options for signing in."""
        data = AuthenticatorData.create(sha256(self.host.encode()), self.flags, 0)
        client = self._client(CollectedClientData.TYPE.GET, options)
        signature = self.key.sign(data + client.hash, ECDSA(SHA256()))
        return self._answer(clientDataJSON=client, authenticatorData=data, signature=signature, userHandle=self.user)

    def _client(self, kind: Any, options: Any) -> CollectedClientData:
        return CollectedClientData.create(kind, options["publicKey"]["challenge"], self.origin)

    def _answer(self, **response: bytes) -> dict[str, Any]:
        encoded = {name: websafe_encode(value) for name, value in response.items()}
        name = websafe_encode(self.id)
        kind = {"id": name, "rawId": name, "type": "public-key"}
        return kind | {"response": encoded, "clientExtensionResults": {"credProps": {"rk": True}}}


def options_for_setting_up(client: Client) -> Any:
    return plain(client.get(reverse("mfa_add_webauthn")).context["js_data"]["creation_options"])


def options_for_signing_in(client: Client) -> Any:
    return client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"}).json()["request_options"]


def plain(options: Any) -> Any:
    """The options as they reach the browser."""
    return json.loads(json.dumps(options, default=dict))


def set_up(client: Client, passkey: Passkey) -> Any:
    credential = passkey.create(options_for_setting_up(client))
    sent = {"name": "我的手机", "credential": json.dumps(credential), "passwordless": "on"}
    return client.post(reverse("mfa_add_webauthn"), sent)


def sign_in_with(client: Client, passkey: Passkey, **changed: Any) -> Any:
    credential = passkey.get(options_for_signing_in(client)) | changed
    return client.post(reverse("mfa_login_webauthn"), {"credential": json.dumps(credential)})
