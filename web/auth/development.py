"""A bearer token without a password, for the command line of a developer's machine."""

from __future__ import annotations

from datetime import timedelta

from kit.clock import Clock, SystemClock
from kit.db import Database
from kit.errors import Forbidden, NotFound
from kit.settings import Settings
from web.auth.sessions import Sessions
from web.auth.users import find_user


async def development_token(db: Database, settings: Settings, email: str, hours: int = 12, clock: Clock | None = None) -> str:
    """An access token of a new session. Raises Forbidden outside the development profile, NotFound for an unknown e-mail address."""
    if settings.profile != "development":
        raise Forbidden("profile_is_not_development", "tokens without a password exist in the development profile only")
    user = await find_user(db, email)
    if user is None or user.disabled:
        raise NotFound("user_is_unknown", f"nobody signs in as {email}")
    granted = await Sessions(db, settings, clock or SystemClock()).open(
        user.principal, user.email, timedelta(hours=hours), authenticated=False
    )
    return granted.access_token
