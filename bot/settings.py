"""Settings: from the environment, from a `.env` file in the current directory, or from a folder of secrets."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseSettings, Field, NonNegativeInt, ValidationError, root_validator, validator

from bot.errors import StartError


class Settings(BaseSettings):
    """Every setting, with its default. README lists them; a test compares."""

    telegram_bot_token: str | None = Field(default=None, env="TELEGRAM_BOT_TOKEN")
    telegram_api_base_url: str = Field(default="https://api.telegram.org", env="TELEGRAM_API_BASE_URL")
    telegram_webhook_secret: str | None = Field(default=None, env="TELEGRAM_WEBHOOK_SECRET")
    database_url: str | None = Field(default=None, env="MAKKER_DATABASE_URL")
    redis_url: str | None = Field(default=None, env="MAKKER_REDIS_URL")
    data_dir: Path = Field(default=Path("var"), env="MAKKER_DATA_DIR")
    model_dir: Path = Field(default=Path("models"), env="MAKKER_MODEL_DIR")
    overlay: Path | None = Field(default=None, env="MAKKER_OVERLAY")
    allowed: str | None = Field(default=None, env="MAKKER_ALLOWED")
    operator: str | None = Field(default=None, env="MAKKER_OPERATOR")
    keep_days: NonNegativeInt = Field(default=365, env="MAKKER_KEEP_DAYS")
    keep_work_days: NonNegativeInt = Field(default=730, env="MAKKER_KEEP_WORK_DAYS")
    keep_talk_days: NonNegativeInt = Field(default=90, env="MAKKER_KEEP_TALK_DAYS")
    keep_words_days: NonNegativeInt = Field(default=365, env="MAKKER_KEEP_WORDS_DAYS")
    keep_left_days: NonNegativeInt = Field(default=30, env="MAKKER_KEEP_LEFT_DAYS")
    messages_per_minute: float = Field(default=40, ge=0, env="MAKKER_MESSAGES_PER_MINUTE")
    papers_per_minute: float = Field(default=12, ge=0, env="MAKKER_PAPERS_PER_MINUTE")

    log: Literal["text", "json"] = Field(default="text", env="MAKKER_LOG")
    log_level: Literal["debug", "info", "warning", "error"] = Field(default="warning", env="MAKKER_LOG_LEVEL")
    ops_listen: str | None = Field(default=None, env="MAKKER_OPS_LISTEN")
    secrets_dir: Path | None = Field(default=None, env="MAKKER_SECRETS_DIR")

    class Config:
        env_file = ".env"
        env_file_encoding = "utf-8"

    @root_validator(pre=True)
    def _an_empty_value_is_not_given(cls, values: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in values.items() if value != ""}

    @validator("overlay")
    def _overlay_is_there(cls, folder: Path | None) -> Path | None:
        if folder is not None and not folder.is_dir():
            raise ValueError(f"there is no folder {folder}: make it, or leave MAKKER_OVERLAY empty")
        return folder

    @validator("redis_url")
    def _redis_url_is_one(cls, url: str | None) -> str | None:
        if url is not None and not re.match(r"(redis|rediss|unix)://", url):
            raise ValueError("this is no address of Redis: give one like redis://localhost:6379")
        return url

    @validator("ops_listen")
    def _ops_listen_is_an_address(cls, address: str | None) -> str | None:
        if address is not None and not re.fullmatch(r"(\[[0-9a-fA-F:]+\]|[\w.-]+):\d{1,5}", address):
            raise ValueError(f"{address} is no address to listen on: give one like 127.0.0.1:9464")
        return address

    @property
    def ops_address(self) -> tuple[str, int] | None:
        """Host and port for those who operate the bot; None: nothing is listened on."""
        host, _, port = (self.ops_listen or "").rpartition(":")
        return (host.strip("[]"), int(port)) if host else None

    @property
    def allowed_people(self) -> list[str]:
        """User ids, user names and invite codes, as given; empty: open to all."""
        return (self.allowed or "").replace(",", " ").split()

    @property
    def database(self) -> str:
        """The database's address; by default an SQLite file in the data directory."""
        return self.database_url or f"sqlite:///{self.data_dir / 'makker.db'}"


def read_settings() -> Settings:
    """The settings as they are given. Raises StartError with one line for one that can't be used."""
    secrets = os.environ.get("MAKKER_SECRETS_DIR") or None
    if secrets and not Path(secrets).is_dir():
        raise StartError(f"MAKKER_SECRETS_DIR: there is no folder {secrets}: make it, or leave this empty")
    try:
        return Settings(_secrets_dir=secrets)  # type: ignore[call-arg]
    except (OSError, UnicodeDecodeError) as error:
        raise StartError(f"the settings can't be read ({error}): give the bot's user the right to") from error
    except ValidationError as error:
        first = error.errors()[0]
        name = Settings.__fields__[str(first["loc"][0])].field_info.extra["env"]
        raise StartError(f"{name}: {first['msg']}") from error
