"""Settings: from the environment, checked, frozen, and a wrong one named in one line."""

from pathlib import Path

import pytest
from pydantic import ValidationError
from sqlalchemy import make_url

from app.settings import Settings, SettingsWrong, read_settings


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"TRAVELBAN_{name.upper()}", raising=False)


def test_without_any_setting() -> None:
    settings = read_settings()
    var = Path(__file__).resolve().parents[1] / "var"
    assert (settings.host, settings.port, settings.data_dir) == ("127.0.0.1", 8000, var)
    assert settings.database_url == f"sqlite:///{var}/travelban.sqlite3"
    assert (settings.threshold, settings.strong, settings.fresh_days) == (0.75, 0.8, 10)
    assert (settings.limit, settings.list_stale_days) == (10, 10)


def test_the_database_follows_the_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TRAVELBAN_DATA_DIR", str(tmp_path))
    assert read_settings().database_url == f"sqlite:///{tmp_path}/travelban.sqlite3"


def test_a_relative_folder_is_meant_from_here(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRAVELBAN_DATA_DIR", "kept")
    assert read_settings().data_dir == tmp_path / "kept"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("PORT", "http"),
        ("PORT", "65536"),
        ("HOSTS", "https://desk.example"),
        ("HOSTS", "desk.example:8000,,"),
        ("HOSTS", "*.example"),
        ("HOSTS", "desk.example/"),
        ("CORS_ORIGINS", "*"),
        ("CORS_ORIGINS", "desk.example"),
        ("CORS_ORIGINS", "https://desk.example/"),
        ("CORS_ORIGINS", "null"),
        ("REQUESTS_A_MINUTE", "-1"),
        ("IN_FLIGHT", "0"),
        ("IN_FLIGHT", "41"),
        ("REQUEST_SECONDS", "0"),
        ("REQUEST_SECONDS", "nan"),
        ("BODY_SECONDS", "inf"),
        ("BODY_BYTES", "8 MiB"),
        ("ADDRESS_BYTES", "65536"),
        ("HEADER_BYTES", "65536"),
        ("WORKERS", "0"),
        ("WORKERS", "65"),
        ("STOP_SECONDS", "0"),
        ("STOP_SECONDS", "1.5"),
        ("THRESHOLD", "1.5"),
        ("STRONG", "nan"),
        ("FRESH_DAYS", "-1"),
        ("LIMIT", "0"),
        ("LIST_STALE_DAYS", "ten"),
        ("UN_LIST_URL", "http://lists.example/list.xml"),
        ("UN_LIST_URL", "https://"),
        ("UN_LIST_URL", "https:///list.xml"),
        ("UN_LIST_URL", "https://[bad"),
        ("UN_LIST_URL", "https://joe:HU/SH@lists.example/list.xml"),
        ("UN_LIST_URL", "https://lists.example:port/list.xml"),
        ("FETCH_HOSTS", "https://lists.example"),
        ("FETCH_HOSTS", "lists.example,,other.example"),
        ("FETCH_PRIVATE", "perhaps"),
        ("FETCH_SECONDS", "0"),
        ("FETCH_SECONDS", "nan"),
        ("LIST_SHARE", "1.1"),
        ("REGIME_LOSS", "-1"),
        ("DATABASE_URL", "mysql://somewhere/travelban"),
        ("DATABASE_URL", "postgresql+asyncpg://somewhere/travelban"),
        ("DATABASE_URL", "somewhere"),
        ("DATABASE_URL", "sqlite://"),
        ("UN_LIST_URL", "http://list.example/list.xml"),
    ],
)
def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, name: str, text: str) -> None:
    monkeypatch.setenv(f"TRAVELBAN_{name}", text)
    with pytest.raises(SettingsWrong, match=rf"^TRAVELBAN_{name}: [^\n]+$"):
        read_settings()


def test_every_wrong_setting_is_named_and_no_password_is_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TRAVELBAN_PORT", "http")
    monkeypatch.setenv("TRAVELBAN_DATABASE_URL", "mysql://me:hunter2@somewhere/travelban")
    with pytest.raises(SettingsWrong) as caught:
        read_settings()
    words = str(caught.value)
    assert "TRAVELBAN_PORT: " in words
    assert "TRAVELBAN_DATABASE_URL: " in words
    assert "hunter2" not in words


def test_frozen() -> None:
    with pytest.raises(ValidationError):
        read_settings().port = 1


def test_a_password_comes_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "password"
    path.write_text("hunt/er@2\n", encoding="utf-8")
    monkeypatch.setenv("TRAVELBAN_DATABASE_PASSWORD_FILE", str(path))
    monkeypatch.setenv("TRAVELBAN_DATABASE_URL", "postgresql://me@there:5433/travelban")
    url = make_url(read_settings().database_url)
    assert (url.password, url.host, url.port) == ("hunt/er@2", "there", 5433)


SECRETS = ("DATABASE_PASSWORD_FILE", "AUDIT_SECRET_FILE")
LONG = "0123456789abcdef" * 2


def secret_of(name: str) -> str | None:
    """What was read from the file that a setting names."""
    settings = read_settings()
    if name == "AUDIT_SECRET_FILE":
        return (settings.audit_secret() or b"").decode()
    return make_url(settings.database_url).password


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize(
    ("held", "read"),
    [
        (LONG, LONG), (f"{LONG}\n", LONG), (f"{LONG}\r\n\n", LONG), (f"\ufeff{LONG}\n", LONG),
        (f" {LONG}\t ", f" {LONG}\t "), (f"пароль {LONG}", f"пароль {LONG}"),
    ],
)  # fmt: skip
def test_a_secret_is_the_one_line_of_its_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, held: str, read: str
) -> None:
    path = tmp_path / "secret"
    path.write_bytes(held.encode())
    monkeypatch.setenv("TRAVELBAN_DATABASE_URL", "postgresql://me@there/x")
    monkeypatch.setenv(f"TRAVELBAN_{name}", str(path))
    assert secret_of(name) == read


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize(
    ("held", "said"),
    [
        (None, "cannot be read: No such file or directory"),
        ("a folder", "cannot be read: Is a directory"),
        (b"", "holds nothing"),
        (b" \t\n\n", "holds nothing"),
        (b"\xff" * 40, "is no text in UTF-8"),
        (f"{LONG}\nhunter2\n".encode(), "must hold one line, the secret, and nothing else"),
        (f"{LONG}\rhunter2".encode(), "must hold one line, the secret, and nothing else"),
        (f"{LONG}\0hunter2".encode(), "must hold one line, the secret, and nothing else"),
    ],
)  # fmt: skip
def test_a_secret_that_cannot_be_had_is_told_by_its_setting_and_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, held: bytes | str | None, said: str
) -> None:
    path = tmp_path / "secret"
    if isinstance(held, str):
        path.mkdir()
    elif held is not None:
        path.write_bytes(held)
    monkeypatch.setenv("TRAVELBAN_DATABASE_URL", "postgresql://me@there/x")
    monkeypatch.setenv(f"TRAVELBAN_{name}", str(path))
    with pytest.raises(SettingsWrong) as caught:
        read_settings()
    assert str(caught.value) == f"TRAVELBAN_{name}: {path} {said}"


def test_a_secret_that_could_be_guessed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_text(f"{LONG[:-1]}\n", encoding="utf-8")
    monkeypatch.setenv("TRAVELBAN_AUDIT_SECRET_FILE", str(path))
    with pytest.raises(SettingsWrong, match="holds 31 bytes, and at least 32 are needed"):
        read_settings()


def test_a_secret_that_is_gone_since(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_text(LONG, encoding="utf-8")
    monkeypatch.setenv("TRAVELBAN_AUDIT_SECRET_FILE", str(path))
    settings = read_settings()
    path.unlink()
    with pytest.raises(SettingsWrong, match=r"^TRAVELBAN_AUDIT_SECRET_FILE: .* cannot be read"):
        settings.audit_secret()


@pytest.mark.parametrize("url", ["postgresql://me:hunter2@there/x", "sqlite:////tmp/x.sqlite3"])
def test_a_password_that_an_address_does_not_take(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, url: str
) -> None:
    path = tmp_path / "password"
    path.write_text("hunter2", encoding="utf-8")
    monkeypatch.setenv("TRAVELBAN_DATABASE_PASSWORD_FILE", str(path))
    monkeypatch.setenv("TRAVELBAN_DATABASE_URL", url)
    with pytest.raises(SettingsWrong, match=r"^TRAVELBAN_DATABASE_URL: [^\n]+$") as caught:
        read_settings()
    assert "hunter2" not in str(caught.value)
