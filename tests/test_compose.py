"""compose.yaml and Dockerfile, as far as they can be tried where no container engine is."""

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from sqlalchemy import make_url

from app.cli import cli
from app.serve import VERSION
from app.settings import PREFIX, Settings
from tests.conftest import ROOT
from tests.serving import PATIENCE, serving

OURS = ("service", "refresh")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """The file, with what is shared put in."""
    found: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def image() -> list[tuple[str, str]]:
    """The instructions of the Dockerfile."""
    text = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text(encoding="utf-8"))
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in lines)]


def texts(value: Any) -> list[str]:
    """Every text below a value."""
    if isinstance(value, dict):
        return [text for item in value.values() for text in texts(item)]
    if isinstance(value, list):
        return [text for item in value for text in texts(item)]
    return [str(value)]


# ---------------------------------------------------------------- compose.yaml


def test_only_what_compose_knows(compose: dict[str, Any]) -> None:
    assert set(compose) == {"name", "x-ours", "services", "secrets", "volumes", "networks"}
    known = (
        "build cap_drop command depends_on environment healthcheck image init networks ports "
        "read_only restart secrets security_opt shm_size stop_grace_period tmpfs volumes"
    ).split()
    for name, service in compose["services"].items():
        assert set(service) <= set(known), name
        for kind in ("secrets", "networks"):
            assert set(service[kind]) <= {*compose[kind], "default"}, name
        for other, how in service.get("depends_on", {}).items():
            assert how == {"condition": "service_healthy"}
            checked = compose["services"][other]
            assert "healthcheck" in checked or checked["image"].startswith("travelban:"), other


def test_every_command_is_one(compose: dict[str, Any], image: list[tuple[str, str]]) -> None:
    commands = [service.get("command", []) for service in compose["services"].values()]
    commands.append(json.loads(dict(image)["CMD"]))
    said = [" ".join(words) for words in commands if words]
    named = [match for text in said for match in re.findall(r"\btravelban((?: [a-z]+)+)", text)]
    assert len(named) == 3
    for words in named:
        command: click.Command = cli
        for word in words.split():
            assert isinstance(command, click.Group), words
            command = command.commands[word]
        assert not isinstance(command, click.Group), words


def test_every_variable_is_a_setting(compose: dict[str, Any], image: list[tuple[str, str]]) -> None:
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    for name in OURS:
        assert set(compose["services"][name]["environment"]) <= known
    told = " ".join(rest for word, rest in image if word == "ENV")
    named = set(re.findall(rf"\b{PREFIX}\w+", told))
    assert named
    assert named <= known


def test_images_have_a_version_and_ours_is_this_one(
    compose: dict[str, Any], image: list[tuple[str, str]]
) -> None:
    bases = [rest.split()[0] for word, rest in image if word == "FROM"]
    assert len(bases) == 2
    assert len(set(bases)) == 1
    theirs = [compose["services"]["database"]["image"], *bases]
    assert all(re.fullmatch(r"[a-z]+:\d+\.\d+(\.\d+)?-[a-z-]+", name) for name in theirs)
    for name in OURS:
        assert compose["services"][name]["image"] == f"travelban:{VERSION}"


def test_ours_may_do_little(compose: dict[str, Any]) -> None:
    for name in OURS:
        service = compose["services"][name]
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["init"] is True
        assert any(place.startswith("/tmp:") for place in service["tmpfs"])
    for name, service in compose["services"].items():
        assert "no-new-privileges:true" in service["security_opt"], name
        assert "privileged" not in service, name
        # Nobody beyond this machine reaches any of them until somebody says so.
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ())), name
    assert compose["networks"]["inside"] == {"internal": True}
    assert compose["services"]["database"]["networks"] == ["inside"]


def test_no_password_is_in_the_tree(compose: dict[str, Any]) -> None:
    path = compose["secrets"]["database_password"]["file"]
    assert path == "./secrets/database_password"
    assert "/secrets/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    for text in texts(compose):
        if "://" in text:
            assert make_url(text).password is None
    for service in compose["services"].values():
        for name, value in service["environment"].items():
            assert "PASSWORD" not in name or (name.endswith("_FILE") and value.startswith("/run/"))


def test_what_is_in_flight_is_not_cut_off(compose: dict[str, Any]) -> None:
    grace = int(compose["services"]["service"]["stop_grace_period"].removesuffix("s"))
    assert grace > Settings.model_fields["stop_seconds"].default + 5


# ---------------------------------------------------------------- their steps


def test_the_service_starts_as_compose_starts_it(
    postgres_url: str, compose: dict[str, Any], image: list[tuple[str, str]], tmp_path: Path
) -> None:
    """With its settings, but for where the database is, its password and the port."""
    service = compose["services"]["service"]
    password = tmp_path / "password"
    password.write_text("not asked for here\n", encoding="utf-8")
    settings = {
        name.removeprefix(PREFIX).lower(): value for name, value in service["environment"].items()
    }
    del settings["database_url"]
    settings["database_password_file"] = str(password)
    command = service["command"]
    assert command[0] == "travelban"
    health = json.loads(dict(image)["HEALTHCHECK"].partition("CMD ")[2])
    with serving(postgres_url, *command[2:], **settings) as served:
        served.get("/readyz")  # the check has little patience, and is asked again
        port = served.address.rpartition(":")[2]
        told = os.environ | {"TRAVELBAN_PORT": port}
        subprocess.run([sys.executable, *health[1:]], env=told, check=True, timeout=PATIENCE)
        assert len(served.workers()) == 2
        assert served.ended() == 0


def test_the_refresh_runs_and_sleeps_about_a_day(compose: dict[str, Any], tmp_path: Path) -> None:
    """Its shell is run, with programs in the place of those that would fetch and sleep."""
    for name, words in (
        ("travelban", 'echo "$@"; exit 3'),
        ("sleep", 'echo "$1"; test -e slept && kill $PPID; : > slept'),
    ):
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\n{words}\n", encoding="utf-8")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
    # Compose reads two dollars as one.
    command = [part.replace("$$", "$") for part in compose["services"]["refresh"]["command"]]
    told = os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = subprocess.run(
        command, env=told, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    first, one, again, other = done.stdout.splitlines()
    assert (first, again) == ("lists refresh", "lists refresh")
    for seconds in (int(one), int(other)):
        assert 23.5 * 3600 <= seconds < 24.5 * 3600


# ---------------------------------------------------------------- the image


def test_the_last_stage_installs_nothing_and_is_nobody(image: list[tuple[str, str]]) -> None:
    last = max(number for number, (word, _) in enumerate(image) if word == "FROM")
    stage = image[last:]
    runs = " ".join(rest for word, rest in stage if word == "RUN")
    assert not re.search(r"\b(apt|apt-get|pip|gcc|make|build-essential)\b", runs)
    words = [word for word, _ in stage]
    assert dict(stage)["USER"] == "10001"
    assert "RUN" not in words[words.index("USER") :]
    assert "COPY" not in words[words.index("USER") :]
    assert "PYTHONDONTWRITEBYTECODE=1" in dict(stage)["ENV"]
    assert "HEALTHCHECK" in words
    # What may be written is the volume, and the place for it belongs to who runs.
    assert dict(stage)["VOLUME"] == "/var/lib/travelban"
    assert "TRAVELBAN_DATA_DIR=/var/lib/travelban" in dict(stage)["ENV"]
    assert "install -d -o travelban /var/lib/travelban" in runs


def test_every_package_comes_without_a_compiler(image: list[tuple[str, str]]) -> None:
    (installs,) = [rest for word, rest in image if word == "RUN" and "requirements.lock" in rest]
    assert "--only-binary=:all:" in installs
    assert "--require-hashes" in installs
