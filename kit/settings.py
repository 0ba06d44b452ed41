"""Settings come from the environment (`STEWARD_*`) and reach code as arguments; only composition roots read them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
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
    max_body_bytes: int = Field(default=64 * 2**20, ge=1024)
    # A language model behind any OpenAI-compatible endpoint; none is asked unless an address and a model are named (docs/llm.md).
    llm_base_url: str | None = Field(default=None, validation_alias="OPENAI_BASE_URL")
    llm_api_key: SecretStr = Field(default=SecretStr(""), validation_alias="OPENAI_API_KEY")
    llm_model: str | None = None
    llm_use: Literal["unsure", "always"] = "unsure"
    llm_turn_s: float = Field(default=12, gt=0, le=15)  # a turn has 20 in all; the planner needs the rest
    llm_silence_s: float = Field(default=6, gt=0, le=15)
    llm_steps: int = Field(default=6, ge=1, le=12)
    llm_turn_tokens: int = Field(default=24_000, ge=1000)
    llm_day_tokens: int = Field(default=300_000, ge=0)
    llm_prices: dict[str, tuple[Decimal, Decimal]] = {}  # by model: US dollars for a million prompt and completion tokens

    @property
    def core_url(self) -> str:
        return f"http://127.0.0.1:{self.core_port}"

    @property
    def has_llm(self) -> bool:
        return bool(self.llm_base_url and self.llm_model)

    @property
    def secrets(self) -> Path:
        return self.home / "secrets"

    @property
    def models(self) -> Path:
        return self.home / "models"
