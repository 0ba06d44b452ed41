"""No token stands in for another kind, outlives its time, or is believed on its own word."""

from __future__ import annotations

import base64
import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import OctKey, OKPKey

from kit.clock import FixedClock
from kit.identity import Principal
from kit.settings import Settings
from web.auth.refusal import Unauthenticated
from web.auth.tokens import Kind, Signer, Subject, bearer, verify_core_token

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
SECRET = os.urandom(32)
ADA = Subject(uuid4(), uuid4(), uuid4(), uuid4())
PERSON = Principal(ADA.user_id, ADA.customer_id, ADA.firm_id, "Ada", "Europe/Berlin", "EUR")
HOUR = timedelta(hours=1)


def _signer(at: datetime = NOW, secret: bytes = SECRET) -> Signer:
    return Signer(secret, FixedClock(at))


def _segment(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def _claims(token: str) -> dict[str, Any]:
    body = token.split(".")[1]
    claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return claims


@pytest.mark.parametrize("kind", [Kind.ACCESS, Kind.REFRESH])
def test_a_token_tells_whose_it_is(kind: Kind) -> None:
    assert _signer().verify(kind, _signer().sign(kind, ADA, HOUR)) == ADA


def test_a_core_token_carries_the_person_for_a_minute() -> None:
    token = _signer().sign_for_core(PERSON)
    assert _signer(NOW + timedelta(seconds=59)).verify_for_core(token) == PERSON
    with pytest.raises(Unauthenticated):
        _signer(NOW + timedelta(seconds=60)).verify_for_core(token)


@pytest.mark.parametrize("made", list(Kind))
@pytest.mark.parametrize("wanted", list(Kind))
def test_no_kind_stands_in_for_another(made: Kind, wanted: Kind) -> None:
    if made is wanted:
        return
    token = _signer().sign_for_core(PERSON) if made is Kind.CORE else _signer().sign(made, ADA, HOUR)
    with pytest.raises(Unauthenticated):
        _signer().verify_for_core(token) if wanted is Kind.CORE else _signer().verify(wanted, token)


def test_a_token_ends_to_the_second_and_does_not_begin_before_it_was_made() -> None:
    token = _signer().sign(Kind.ACCESS, ADA, HOUR)
    assert _signer(NOW + HOUR - timedelta(seconds=1)).verify(Kind.ACCESS, token)
    for at in (NOW + HOUR, NOW - timedelta(days=1)):
        with pytest.raises(Unauthenticated):
            _signer(at).verify(Kind.ACCESS, token)


@pytest.mark.parametrize("claim", ["iss", "aud", "iat", "exp", "sub", "cus", "frm", "sid", "jti"])
def test_every_claim_is_required(claim: str) -> None:
    signer = _signer()
    claims = _claims(signer.sign(Kind.ACCESS, ADA, HOUR))
    del claims[claim]
    token = jwt.encode({"typ": "at+jwt", "alg": "Ed25519"}, claims, signer._keys[Kind.ACCESS], ["Ed25519"])
    with pytest.raises(Unauthenticated):
        signer.verify(Kind.ACCESS, token)


@pytest.mark.parametrize("change", [{"iss": "other"}, {"aud": "other"}, {"aud": ["steward", "other"]}, {"exp": "never"}, {"exp": True}])
def test_claims_for_another_service_are_refused(change: dict[str, Any]) -> None:
    signer = _signer()
    claims = _claims(signer.sign(Kind.ACCESS, ADA, HOUR)) | change
    token = jwt.encode({"typ": "at+jwt", "alg": "Ed25519"}, claims, signer._keys[Kind.ACCESS], ["Ed25519"])
    with pytest.raises(Unauthenticated):
        signer.verify(Kind.ACCESS, token)


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "nOnE", "", "HS256", "EdDSA"])
def test_an_unsigned_or_renamed_token_is_refused(algorithm: str) -> None:
    _, body, signature = _signer().sign(Kind.ACCESS, ADA, HOUR).split(".")
    for tail in ("", signature):
        with pytest.raises(Unauthenticated):
            _signer().verify(Kind.ACCESS, f"{_segment({'typ': 'at+jwt', 'alg': algorithm})}.{body}.{tail}")


def test_the_public_key_is_no_hmac_secret() -> None:
    signer = _signer()
    public = signer._keys[Kind.ACCESS].as_pem(private=False)
    claims = _claims(signer.sign(Kind.ACCESS, ADA, HOUR))
    token = jwt.encode({"typ": "at+jwt", "alg": "HS256"}, claims, OctKey.import_key(public.hex()), ["HS256"])
    with pytest.raises(Unauthenticated):
        signer.verify(Kind.ACCESS, token)


@pytest.mark.parametrize(
    "extra",
    [
        {"kid": "../../etc/passwd"},
        {"kid": "' or 1=1 --"},
        {"kid": "x" * 10_000},
        {"jku": "http://127.0.0.1:9/keys"},
        {"x5u": "http://127.0.0.1:9/keys"},
        {"crit": ["exp"]},
        {"b64": False},
    ],
)
def test_a_header_that_brings_a_key_along_is_refused(extra: dict[str, Any]) -> None:
    stranger = OKPKey.generate_key("Ed25519")
    header = {"typ": "at+jwt", "alg": "Ed25519", "jwk": stranger.as_dict(private=False), **extra}
    _, body, signature = _signer().sign(Kind.ACCESS, ADA, HOUR).split(".")
    with pytest.raises(Unauthenticated):
        _signer().verify(Kind.ACCESS, f"{_segment(header)}.{body}.{signature}")


def test_every_changed_character_is_noticed() -> None:
    token = _signer().sign(Kind.ACCESS, ADA, HOUR)
    for index in range(len(token) - 1):  # the last character of base64url has bits that carry nothing
        changed = token[:index] + ("A" if token[index] != "A" else "B") + token[index + 1 :]
        with pytest.raises(Unauthenticated):
            _signer().verify(Kind.ACCESS, changed)


def test_another_installations_token_is_refused() -> None:
    with pytest.raises(Unauthenticated):
        _signer(secret=os.urandom(32)).verify(Kind.ACCESS, _signer().sign(Kind.ACCESS, ADA, HOUR))


@given(st.text(max_size=300))
def test_no_text_breaks_the_reading(text: str) -> None:
    head = _signer().sign(Kind.ACCESS, ADA, HOUR).split(".")[0]
    for token in (text, f"{head}.{text}", f"{head}.{text}.{text}"):
        with pytest.raises(Unauthenticated):
            _signer().verify(Kind.ACCESS, token)


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Basic abc", "abc"])
def test_no_bearer_no_token(header: str | None) -> None:
    with pytest.raises(Unauthenticated):
        bearer(header)


def test_the_core_reads_the_token_from_the_header(tmp_path: Path) -> None:
    settings, clock = Settings(home=tmp_path), FixedClock(NOW)
    token = Signer.of(settings, clock).sign_for_core(PERSON)
    assert verify_core_token(settings, f"Bearer {token}", clock) == PERSON
    with pytest.raises(Unauthenticated):
        verify_core_token(settings, None, clock)


def test_ids_of_tokens_do_not_repeat() -> None:
    assert len({_claims(_signer().sign(Kind.REFRESH, ADA, HOUR))["jti"] for _ in range(2000)}) == 2000
