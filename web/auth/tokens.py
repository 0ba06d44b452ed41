"""Signed tokens (JWT by Ed25519) of three kinds that cannot stand in for each other.

Each kind has a key, an audience and a `typ` of its own, and every claim is required. The header must be ours to the byte: a token that
names another algorithm, a key or a place to fetch one is refused before it is even decoded.
"""

from __future__ import annotations

import json
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from kit.clock import Clock
from kit.identity import Principal
from kit.ids import read, show
from kit.secrets import derive, load_secret
from kit.settings import Settings
from web.auth.refusal import Unauthenticated

ISSUER = "steward"
ALGORITHM = "Ed25519"  # RFC 9864
MAX_LENGTH = 4096
CORE_LIFETIME = timedelta(seconds=60)


class Kind(StrEnum):
    """The audience of a token."""

    ACCESS = "steward"
    CORE = "steward-core"
    REFRESH = "steward-refresh"


_TYPES = {Kind.ACCESS: "at+jwt", Kind.CORE: "core+jwt", Kind.REFRESH: "refresh+jwt"}
_HEADERS = {kind: {"typ": typ, "alg": ALGORITHM} for kind, typ in _TYPES.items()}
_HEADS = {
    kind: urlsafe_b64encode(json.dumps(header, separators=(",", ":")).encode()).decode().rstrip("=") for kind, header in _HEADERS.items()
}


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose token it is, and in which session."""

    user_id: UUID
    customer_id: UUID
    firm_id: UUID
    session_id: UUID
    authenticated_at: int = 0  # Unix seconds of the last time the password was given; 0: never in this session


class Signer:
    """Signs and verifies with keys derived from the installation's token secret."""

    def __init__(self, secret: bytes, clock: Clock) -> None:
        self._keys = {kind: _key(secret, kind) for kind in Kind}
        self._clock = clock

    @classmethod
    def of(cls, settings: Settings, clock: Clock) -> Signer:
        return cls(_token_secret(settings.secrets), clock)

    def sign(self, kind: Kind, subject: Subject, lifetime: timedelta) -> str:
        """A token for the app itself: access or refresh."""
        claims = {
            "sub": show("usr", subject.user_id),
            "cus": show("cus", subject.customer_id),
            "frm": show("frm", subject.firm_id),
            "sid": show("ses", subject.session_id),
            "auth_time": subject.authenticated_at,
            "jti": secrets.token_urlsafe(16),
        }
        return self._encode(kind, claims, lifetime)

    def verify(self, kind: Kind, token: str) -> Subject:
        """Whose token it is. Raises Unauthenticated for anything but an unexpired token of this kind, signed by us."""
        claims = self._decode(kind, token, ("sub", "cus", "frm", "sid", "jti"))
        if type(claims.get("auth_time")) is not int:
            raise Unauthenticated
        ids = read("usr", claims["sub"]), read("cus", claims["cus"]), read("frm", claims["frm"]), read("ses", claims["sid"])
        return Subject(*ids, claims["auth_time"])

    def sign_for_core(self, principal: Principal) -> str:
        """A token that lets the core process act for this person, for a minute."""
        claims = {
            "sub": show("usr", principal.user_id),
            "cus": show("cus", principal.customer_id),
            "frm": show("frm", principal.firm_id),
            "name": principal.name,
            "zoneinfo": principal.timezone,
            "currency": principal.currency,
        }
        return self._encode(Kind.CORE, claims, CORE_LIFETIME)

    def verify_for_core(self, token: str) -> Principal:
        claims = self._decode(Kind.CORE, token, ("sub", "cus", "frm", "name", "zoneinfo", "currency"))
        return Principal(
            user_id=read("usr", claims["sub"]),
            customer_id=read("cus", claims["cus"]),
            firm_id=read("frm", claims["frm"]),
            name=claims["name"],
            timezone=claims["zoneinfo"],
            currency=claims["currency"],
        )

    def _encode(self, kind: Kind, claims: dict[str, Any], lifetime: timedelta) -> str:
        now = int(self._clock.now().timestamp())
        times = {"iss": ISSUER, "aud": str(kind), "iat": now, "exp": now + int(lifetime.total_seconds())}
        return jwt.encode(_HEADERS[kind], {**times, **claims}, self._keys[kind], [ALGORITHM])

    def _decode(self, kind: Kind, token: str, own_claims: tuple[str, ...]) -> dict[str, Any]:
        if len(token) > MAX_LENGTH or not token.isascii() or not token.startswith(f"{_HEADS[kind]}."):
            raise Unauthenticated
        wanted: dict[str, jwt.ClaimsOption] = {name: {"essential": True} for name in own_claims}
        registry = jwt.JWTClaimsRegistry(
            now=int(self._clock.now().timestamp()),
            leeway=0,
            iss={"essential": True, "value": ISSUER},
            aud={"essential": True, "value": str(kind)},
            iat={"essential": True},
            exp={"essential": True},
            **wanted,
        )
        try:
            decoded = jwt.decode(token, self._keys[kind], [ALGORITHM])
            registry.validate(decoded.claims)
        except (JoseError, ValueError) as error:
            raise Unauthenticated from error
        if not all(isinstance(decoded.claims[name], str) for name in ("aud", *own_claims)):
            raise Unauthenticated
        return decoded.claims


def bearer(authorization: str | None) -> str:
    """The token of an Authorization header. Raises Unauthenticated."""
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthenticated
    return token


def verify_core_token(settings: Settings, authorization: str | None, clock: Clock) -> Principal:
    """The person for whom the app calls the core. Raises Unauthenticated."""
    return Signer.of(settings, clock).verify_for_core(bearer(authorization))


@cache
def _token_secret(folder: Path) -> bytes:
    return load_secret(folder, "tokens")


@cache
def _key(secret: bytes, kind: Kind) -> OKPKey:
    private = Ed25519PrivateKey.from_private_bytes(derive(secret, f"token {kind}"))
    return OKPKey.import_key(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
