"""Settings come from the environment (`STEWARD_*`) and reach code as arguments; only composition roots read them."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What an operator may set. `home` holds everything that is made at run time."""

    model_config = SettingsConfigDict(env_prefix="STEWARD_", extra="ignore", frozen=True)

    profile: Literal["development", "production"] = "development"
    home: Path = Path("var")
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    core_port: int = Field(default=8001, ge=1, le=65535)
    database_url: str | None = None  # an administrator's URL of any PostgreSQL >= 15; none: the embedded one
    access_token_minutes: int = Field(default=15, ge=1)
    session_days: int = Field(default=30, ge=1)
    max_body_bytes: int = Field(default=20 * 2**20, ge=1024)

    @property
    def core_url(self) -> str:
        return f"http://127.0.0.1:{self.core_port}"

    @property
    def secrets(self) -> Path:
        return self.home / "secrets"

    @property
    def models(self) -> Path:
        return self.home / "models"
