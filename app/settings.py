"""Settings from the environment, made once at the edge and handed down; never global."""

import re
from pathlib import Path
from typing import Annotated, Any, Literal

import httpx
from pydantic import Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from app.lists.checks import LARGEST_LOSS, SMALLEST_SHARE

PREFIX = "TRAVELBAN_"
SHORTEST_SECRET = 32
"""Bytes: fewer could be guessed."""
MOST_WORKERS = 64
_CHECKOUT = Path(__file__).resolve().parents[1]


class SettingsWrong(ValueError):
    """A setting has no sensible value; one line that names the variable."""


class Settings(BaseSettings):
    """What an office may set: each field is the variable TRAVELBAN_ and its name in capitals."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, env_ignore_empty=True)

    host: str = Field(default="127.0.0.1", min_length=1)
    """The address to listen on."""
    open: bool = False
    """Whether to listen beyond loopback where there are no keys."""
    keys: bool = False
    """Whether every question needs a key, also where there is none yet."""
    port: int = Field(default=8000, ge=0, le=65535)
    """The port to listen on; 0 takes any that is free."""
    hosts: Annotated[tuple[str, ...], NoDecode] = ("localhost", "127.0.0.1", "::1")
    """Hosts that the service answers for, besides the address to listen on; `*` is any."""
    cors_origins: Annotated[tuple[str, ...], NoDecode] = ()
    """Origins whose pages may read answers (`https://desk.example`), with commas between."""
    requests_a_minute: int = Field(default=0, ge=0, le=1_000_000)
    """Requests of one caller in a minute, in each worker; 0 is no limit."""
    in_flight: int = Field(default=16, ge=1, le=40)
    """Requests that a worker works on at the same time; one more is refused."""
    request_seconds: float = Field(default=60, gt=0, le=3600)
    """How long a request may be worked on before it is answered that it took too long."""
    body_seconds: float = Field(default=30, gt=0, le=3600)
    """Within how long a head must be whole, and then a body."""
    body_bytes: int = Field(default=8 * 1024 * 1024, ge=1024, le=256 * 1024 * 1024)
    """Bytes of a body that are read at the most."""
    address_bytes: int = Field(default=8192, ge=256, le=16384)
    """Bytes of path and query together."""
    header_bytes: int = Field(default=16384, ge=1024, le=32768)
    """Bytes of all headers together."""
    workers: int = Field(default=1, ge=1, le=MOST_WORKERS)
    """Processes that answer, over one port."""
    stop_seconds: int = Field(default=20, ge=1, le=3600)
    """How long requests in flight may go on when the service is told to stop."""
    data_dir: Path = _CHECKOUT / "var"
    """Where what is on record is kept; made when it is missing."""
    database_password_file: Path | None = None
    """A file that holds the password of the database, and nothing else."""
    database_url: str = Field(default_factory=lambda made: _sqlite_in(made.get("data_dir")))
    """SQLite or PostgreSQL (`postgresql://user@host/name`); an SQLite file in `data_dir`."""
    un_list_url: str = "https://scsanctions.un.org/resources/xml/en/consolidated.xml"
    """The official address of the full list."""
    fetch_hosts: Annotated[tuple[str, ...], NoDecode] = (
        "scsanctions.un.org",
        "unsolprodfiles.blob.core.windows.net",
    )
    """Hosts that the list may be fetched from, the first or by a redirect; with commas between."""
    fetch_private: bool = False
    """Whether loopback, private and link-local addresses may be asked for the list."""
    fetch_ca_file: Path | None = None
    """Certificates (PEM) of authorities to trust when fetching, besides the public ones."""
    fetch_seconds: float = Field(default=60, gt=0, le=3600)
    """How long fetching the list may take in all."""
    list_share: float = Field(default=SMALLEST_SHARE, ge=0, le=1)
    """The least share of its neighbour's records that a full list may hold."""
    regime_loss: float = Field(default=LARGEST_LOSS, ge=0, le=1)
    """The largest share of a regime's records that may be gone with no fact to account for it."""
    threshold: float = Field(default=0.75, ge=0, le=1)
    """Similarity from which a candidate is shown."""
    strong: float = Field(default=0.8, ge=0, le=1)
    """Similarity from which a name counts as strong."""
    fresh_days: int = Field(default=10, ge=0, le=3650)
    """Days for which the newest list is taken to hold after it was generated."""
    limit: int = Field(default=10, ge=1, le=100)
    """How many candidates are shown at the most."""
    list_stale_days: int = Field(default=10, ge=1, le=3650)
    """Days after which the newest list is called stale."""
    parser_model: Path | None = None
    """A folder with a spaCy model for English, to help read articles; none is off."""
    audit_secret_file: Path | None = None
    """A file with a secret: then only keyed digests of what is screened are kept, and no words."""
    log: Literal["json", "plain", "off"] | None = None
    """How requests are logged; none is plain for a terminal and JSON for anything else."""

    @field_validator("data_dir", "database_password_file", "parser_model", "audit_secret_file")
    @classmethod
    def _absolute(cls, folder: Path | None) -> Path | None:
        # A relative one is meant from where the program was started, and stays what it was.
        return folder.expanduser().absolute() if folder is not None else None

    @field_validator("database_password_file", "audit_secret_file")
    @classmethod
    def _holds_a_secret(cls, path: Path | None, info: ValidationInfo) -> Path | None:
        if path is not None:
            _secret(path, SHORTEST_SECRET if info.field_name == "audit_secret_file" else 1)
        return path

    def audit_secret(self) -> bytes | None:
        """What digests of questions are keyed by; SettingsWrong for a file that is gone since."""
        if self.audit_secret_file is None:
            return None
        try:
            return _secret(self.audit_secret_file, SHORTEST_SECRET).encode()
        except ValueError as error:
            raise SettingsWrong(f"{PREFIX}AUDIT_SECRET_FILE: {error}") from None

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str, info: ValidationInfo) -> str:
        try:
            target = make_url(url)
        except ArgumentError:
            # The address may hold a password, so it is not repeated.
            raise ValueError("is no database address") from None
        if target.drivername not in ("sqlite", "postgresql", "postgresql+psycopg"):
            raise ValueError("must begin with sqlite:/// or postgresql://")
        if target.drivername == "sqlite" and target.database in (None, "", ":memory:"):
            raise ValueError("must name a file: a store in memory would be empty each time")
        path = info.data.get("database_password_file")
        if path is None:
            return url
        if target.drivername == "sqlite" or target.password is not None:
            raise ValueError("takes no password from a file: it is SQLite, or holds one itself")
        with_it = target.set(password=_secret(path))
        return with_it.render_as_string(hide_password=False)

    @field_validator("fetch_hosts", mode="before")
    @classmethod
    def _named_hosts(cls, given: Any) -> Any:
        if not isinstance(given, str):
            return given
        hosts = _parts(given)
        if not all(re.fullmatch(r"[a-z0-9.:-]+", host) for host in hosts):
            raise ValueError("is no list of host names (with commas between, no addresses)")
        return hosts

    @field_validator("hosts", mode="before")
    @classmethod
    def _own_hosts(cls, given: Any) -> Any:
        if not isinstance(given, str):
            return given
        hosts = _parts(given)
        if not all(re.fullmatch(r"\*|[a-z0-9_.:-]*[a-z0-9_]|::", host) for host in hosts):
            raise ValueError("is no list of host names (with commas between, or * for any)")
        return hosts

    @field_validator("cors_origins", mode="before")
    @classmethod
    def _origins(cls, given: Any) -> Any:
        if not isinstance(given, str):
            return given
        origins = _parts(given)
        # `*` is none: answers are about people, and no page of anybody's is to read them.
        if not all(re.fullmatch(r"https?://[a-z0-9_.:\[\]-]+", origin) for origin in origins):
            raise ValueError("is no list of origins such as https://desk.example")
        return origins

    @field_validator("un_list_url")
    @classmethod
    def _only_https(cls, url: str) -> str:
        # It may hold a password, so it is not repeated.
        if not url.startswith("https://"):
            raise ValueError("must begin with https://")
        try:
            target = httpx.URL(url)
        except (httpx.InvalidURL, ValueError):
            raise ValueError("is no address") from None
        if not re.fullmatch(rb"[A-Za-z0-9.:_-]+", target.raw_host):
            raise ValueError("names no host")
        return url


def _parts(given: str) -> tuple[str, ...]:
    """What stands between commas."""
    return tuple(part.strip().casefold() for part in given.split(","))


def _secret(path: Path, shortest: int = 1) -> str:
    """The one line of a file, without its end; ValueError where there is none to be had.

    An editor ends a line, and some put a mark before the first: neither is part of a secret.
    """
    try:
        text = path.read_text(encoding="utf-8-sig").rstrip("\r\n")
    except OSError as error:
        raise ValueError(f"{path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ValueError(f"{path} is no text in UTF-8") from None
    if not text.strip():
        raise ValueError(f"{path} holds nothing")
    if text.splitlines() != [text] or "\0" in text:
        raise ValueError(f"{path} must hold one line, the secret, and nothing else")
    if (size := len(text.encode())) < shortest:
        raise ValueError(f"{path} holds {size} bytes, and at least {shortest} are needed")
    return text


def _sqlite_in(folder: Any) -> str:
    return f"sqlite:///{folder / 'travelban.sqlite3'}" if isinstance(folder, Path) else ""


def read_settings() -> Settings:
    """The settings that the environment gives; SettingsWrong names each wrong one, in one line."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = {
            str(item["loc"][0]): str(item["msg"]).removeprefix("Value error, ")
            for item in error.errors()
            # What follows from another wrong setting is not wrong itself.
            if item["type"] != "default_factory_not_called"
        }
        lines = [f"{PREFIX}{name.upper()}: {words}" for name, words in wrong.items()]
        raise SettingsWrong("; ".join(lines)) from error
