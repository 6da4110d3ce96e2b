"""How this installation is set up: read once, from the environment, each with a default that works on one machine."""

import os
import secrets
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).parent.parent


class WorkerPlace(StrEnum):
    """Who runs the process that reads comments."""

    CHILD = "child"  # the web process starts and minds one
    EXTERNAL = "external"  # it is run elsewhere: python -m analysis work


class Settings(BaseSettings):
    """What may be set, as environment variables that begin with ``HEARD_``."""

    model_config = SettingsConfigDict(env_prefix="HEARD_", frozen=True, extra="ignore")

    data: Path = Field(default=ROOT / "data", description="The folder for the embedded database and the secret key.")
    database_url: str = Field(
        default="",
        description="Where the answers are kept. Empty: an SQLite file in the data folder. "
        "For PostgreSQL: postgresql+psycopg://user:password@host/name.",
    )
    secret: str = Field(
        default="",
        description="The key with which codes and cookies are hashed, at least 32 characters, the same for every "
        "process. Empty: one is made at the first start and kept in the data folder.",
    )
    demonstration: bool | None = Field(
        default=None,
        description="Whether an empty database is given the demonstration consultation. Unset: yes for the embedded "
        "database, no for PostgreSQL.",
    )
    worker: WorkerPlace = Field(
        default=WorkerPlace.CHILD,
        description="child: the web process starts and minds the process that reads comments. external: you run it, "
        "as many as you like, with python -m analysis work.",
    )
    vectors: str = Field(
        default="wordllama",
        pattern="^(wordllama|lsa)$",
        description="How comments are compared: wordllama (word vectors that come with the package) or lsa (none).",
    )
    processes: int = Field(
        default=1,
        ge=1,
        description="How many processes read comments. 1: the one that waits for them. More pay where many comments "
        "come in at once and there are cores to spare; each takes some 250 MB.",
    )
    cluster: str = Field(
        default="",
        pattern="^((tcp|tls)://[^ ]+)?$",
        description="The scheduler of a Dask cluster that reads comments and looks for themes, as in "
        "tls://scheduler:8786. Empty: this machine does it by itself.",
    )
    key_again_one_in: int = Field(
        default=10,
        ge=1,
        description="Of how many paper forms keyed in one is asked for a second time, to see how often keying goes "
        "wrong. 1: of every form.",
    )

    address: str = Field(
        default="",
        pattern="^(https?://[^ ?#]+)?$",
        description="Where people reach Heard from outside, as in https://survey.example.gov.uk: it stands on posters "
        "and in invitations. Empty: only the demonstration has posters, and they lead to this machine.",
    )
    statements: Path = Field(
        default=ROOT / "survey" / "statements",
        description="The folder with the privacy notice and the accessibility statement, and what the council has to "
        "confirm in them. Copy it, fill it in, and name your copy here.",
    )
    boundaries: Path | None = Field(
        default=None,
        description="A GeoJSON file with the boundaries of the districts, in WGS 84, for a real map beside the tiles. "
        "Empty: tiles alone.",
    )

    @field_validator("boundaries", mode="before")
    @classmethod
    def _named(cls, given: object) -> object:
        """A variable that is there and empty names no file, where a path of nothing would be this folder."""
        return given or None

    frameworks: Path = Field(
        default=ROOT / "survey" / "frameworks",
        description="The folder with the frameworks that leaders answer to, one file each. Copy it, edit it, and name "
        "your copy here.",
    )

    @property
    def url(self) -> str:
        """The database's address, whichever kind it is."""
        if not self.database_url:
            return f"sqlite:///{self.data / 'heard.sqlite3'}"
        return self.database_url.replace("postgresql://", "postgresql+psycopg://", 1)

    @property
    def wants_demonstration(self) -> bool:
        """Whether an empty database should be given the demonstration consultation."""
        return not self.database_url if self.demonstration is None else self.demonstration

    @cached_property
    def key(self) -> bytes:
        """The secret key, made and kept (readable by its owner alone) if none was set."""
        if self.secret:
            return self.secret.encode()
        return _kept_key(self.data / "secret.key")


@cache
def _kept_key(path: Path) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(handle, "wb") as file:
        key = secrets.token_hex(32).encode()
        file.write(key)
    return key


@cache
def settings() -> Settings:
    """This process's settings."""
    return Settings()
