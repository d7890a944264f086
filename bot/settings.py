"""Settings: from the environment, or from a `.env` file in the current directory."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import BaseSettings, Field, ValidationError, root_validator, validator

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
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = Settings.__fields__[str(first["loc"][0])].field_info.extra["env"]
        raise StartError(f"{name}: {first['msg']}") from error
