"""Keys from the terminal: shown once, listed, taken back; and where the service listens."""

import os
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import uvicorn
from click.testing import Result

from app.store import audit, facts
from tests.test_cli import COMMAND, ROOT, failed
from tests.test_cli import run as run

Run = Callable[..., Result]
TODAY = datetime.now(UTC).date()


def made(run: Run, *words: object) -> str:
    """The text of a key that a command makes."""
    done = run("keys", "create", *words)
    assert done.exit_code == 0, done.output
    return str(done.stdout).strip()


def test_a_key_is_shown_once(run: Run, environment: Path) -> None:
    done = run("keys", "create", " A. Officer ", "--scope", "assess", "--scope", "screen")
    assert done.exit_code == 0
    assert re.fullmatch(r"tb_[0-9a-f]{12}_[0-9a-f]{64}\n", done.stdout)
    _, name, secret = done.stdout.strip().split("_")
    assert done.stderr == (
        f"key {name} of A. Officer: screen, assess; it is shown once, keep it now\n"
    )
    listed = run("keys", "list").stdout
    assert listed.startswith(f"{name}  A. Officer  screen, assess; made 20")
    assert listed.endswith("; never used\n")
    assert secret not in listed
    assert not any(secret.encode() in path.read_bytes() for path in environment.iterdir())


def test_keys_in_order_with_what_became_of_them(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("keys", "list").stdout == "no key has been made\n"
    first = made(run, "A. Officer", "--expires", TODAY + timedelta(days=30), "--by", "root")
    second = made(run, "B. Lawyer", "--scope", "review")
    name = second.split("_")[1]
    done = run("keys", "revoke", name, "--because", "lost", "--by", "root")
    assert (done.exit_code, done.stdout) == (0, f"revoked: {name} of B. Lawyer: lost (root)\n")
    again = run("keys", "revoke", name, "--because", "twice")
    assert again.exit_code == 0
    assert re.fullmatch(
        rf"revoked before, 20\S+: {name} of B. Lawyer: lost \(root\)\n", again.stdout
    )
    lines = run("keys", "list").stdout.splitlines()
    ends = TODAY + timedelta(days=31)
    assert re.fullmatch(
        rf"{first.split('_')[1]}  A. Officer  reads the record alone; made \S+ by root; "
        rf"never used; expires {ends}T00:00:00",
        lines[0],
    )
    assert lines[1].startswith(f"{name}  B. Lawyer  review; made ")
    assert re.fullmatch(r"    revoked 20\S+ by root: lost", lines[2])


def test_each_event_stands_in_the_audit(run: Run, environment: Path) -> None:
    name = made(run, "A. Officer").split("_")[1]
    run("keys", "revoke", name, "--because", "lost", "--by", "B. Lawyer")
    with (
        facts.open_store(f"sqlite:///{environment}/travelban.sqlite3") as store,
        store.reading() as connection,
    ):
        newest = [shown.line for shown in audit.page(connection, limit=2)[0]]
    assert [line.action for line in newest] == ["keys revoke", "keys create"]
    assert newest[0].who == "B. Lawyer"
    assert newest[1].who not in ("", "api", "A. Officer")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["create", " "], "name: is blank"),
        (["create", "A\x01B"], "name"),
        (["create", "A\nB"], "name: is not one line"),
        (["create", "A\u2028B"], "name: is not one line"),
        (["create", "A" * 501], "name"),
        (["create", "A", "--expires", "soon"], "expires: is not a day"),
        (["create", "A", "--expires", "2026-02-30"], "expires: is no day"),
        (["create", "A", "--expires", "2020-01-01"], "expires: 2020-01-01 is over"),
        (["create", "A", "--by", " "], "--by is blank"),
        (["revoke", "nobody", "--because", "lost"], "no key has the id nobody"),
        (["revoke", "nobody", "--because", " "], "--because is blank"),
    ],
)
def test_refused(run: Run, words: list[str], said: str) -> None:
    failed(run("keys", *words), said)
    assert run("keys", "list").stdout == "no key has been made\n"


@pytest.mark.parametrize(
    "words", [["create"], ["create", "A", "--scope", "everything"], ["revoke", "x"], ["list", "x"]]
)
def test_wrong_usage(run: Run, words: list[str]) -> None:
    assert run("keys", *words).exit_code == 2


# ---------------------------------------------------------------- where the service listens


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[uvicorn.Server]:
    """Servers that would have run; none does."""
    found: list[uvicorn.Server] = []

    def ran(server: uvicorn.Server, sockets: list[socket.socket]) -> None:
        for each in sockets:
            assert each.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
            each.close()
        found.append(server)

    monkeypatch.setattr(uvicorn.Server, "run", ran)
    monkeypatch.setenv("TRAVELBAN_PORT", "0")
    return found


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_beyond_loopback_only_with_keys(
    run: Run, served: list[uvicorn.Server], monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    monkeypatch.setenv("TRAVELBAN_HOST", host)
    failed(run("serve"), f"TRAVELBAN_HOST={host}", "no keys", "keys create", "--open")
    assert served == []
    name = made(run, "A. Officer").split("_")[1]
    assert "Authorization: Bearer tb_…" in run("serve").stdout
    assert len(served) == 1
    run("keys", "revoke", name, "--because", "lost")
    failed(run("serve"), "no keys")
    monkeypatch.setenv("TRAVELBAN_KEYS", "on")
    assert run("serve").exit_code == 0


@pytest.mark.parametrize("how", ["option", "setting", "loopback", "loopback 6", "name"])
def test_without_keys(
    run: Run, served: list[uvicorn.Server], monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    hosts = {"loopback": "127.0.0.2", "loopback 6": "::1", "name": "localhost"}
    monkeypatch.setenv("TRAVELBAN_HOST", hosts.get(how, "0.0.0.0"))
    if how == "setting":
        monkeypatch.setenv("TRAVELBAN_OPEN", "true")
    done = run("serve", *(["--open"] if how == "option" else []))
    assert done.exit_code == 0, done.output
    assert "Authorization" not in done.stdout
    assert len(served) == 1


def test_a_running_service_follows(run: Run, environment: Path) -> None:
    """Keys that another process makes and takes back count without a restart."""
    first = made(run, "A. Officer")
    told = dict(os.environ, TRAVELBAN_HOST="0.0.0.0", TRAVELBAN_PORT="0", PYTHONPATH=str(ROOT))
    with subprocess.Popen(
        [*COMMAND, "serve"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=told, text=True, encoding="utf-8",
    ) as process:  # fmt: skip
        assert process.stdout is not None
        line = next(line for line in process.stdout if "curl" in line)
        address = f"http://127.0.0.1:{line.split('/v1')[0].rpartition(':')[2]}/v1/regimes"

        def status(text: str | None) -> int:
            headers = {"Authorization": f"Bearer {text}"} if text else {}
            try:
                asked = urllib.request.Request(address, headers=headers)
                with urllib.request.urlopen(asked, timeout=30) as answer:
                    return int(answer.status)
            except urllib.error.HTTPError as error:
                with error:
                    return int(error.code)

        def within_a_second(text: str) -> int:
            time.sleep(1)
            return status(text)

        try:
            assert (status(None), status(first)) == (401, 200)
            second = made(run, "B. Lawyer")
            assert within_a_second(second) == 200
            for text in (first, second):
                run("keys", "revoke", text.split("_")[1], "--because", "lost")
            assert within_a_second(second) == 401
            # The last key is gone, and still nobody comes in without one.
            assert (status(first), status(None)) == (401, 401)
        finally:
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=30)
    assert "Traceback" not in errors
    assert "last used 20" in run("keys", "list").stdout
