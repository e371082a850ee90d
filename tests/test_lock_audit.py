"""`make audit`: what it says of what the auditor found, and of what could not be audited."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT

LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-audit.lock")
TABLE = "Name    Version ID            Fix Versions\\nexample 1.0     CVE-2026-0001 1.1"
CLEAN = "No known vulnerabilities found"


def audited(tmp_path: Path, says: str, status: int) -> subprocess.CompletedProcess[str]:
    """The script with an auditor that says something and ends so."""
    auditor = tmp_path / "pip-audit"
    told = tmp_path / "asked"
    auditor.write_text(
        f"#!/bin/sh\necho \"$@\" >> '{told}'\nprintf '{says}\\n'\nexit {status}\n", encoding="utf-8"
    )
    auditor.chmod(0o755)
    return subprocess.run(
        ["sh", ROOT / "scripts/audit.sh"],
        env=dict(os.environ, PIP_AUDIT=str(auditor)),
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("says", "ends", "status", "said"),
    [
        (CLEAN, 0, 0, CLEAN),
        (TABLE, 1, 1, "CVE-2026-0001"),
        ("ConnectionError: Max retries exceeded", 1, 2, "NOT AUDITED"),
        ("ERROR:pip_audit._cli:a: Dependency not found on PyPI", 1, 2, "NOT AUDITED"),
    ],
)
def test_found_none_or_not_audited_are_three_things(
    tmp_path: Path, says: str, ends: int, status: int, said: str
) -> None:
    done = audited(tmp_path, says, ends)
    assert done.returncode == status
    assert said in done.stdout + done.stderr


def test_every_package_of_both_locks_is_asked_about(tmp_path: Path) -> None:
    audited(tmp_path, CLEAN, 0)
    asked = (tmp_path / "asked").read_text("utf-8").splitlines()
    assert [line.rpartition(" ")[2] for line in asked] == list(LOCKS[:2])
    for option in ("--strict", "--require-hashes", "--disable-pip"):
        assert all(option in line for line in asked)


@pytest.mark.parametrize("name", LOCKS)
def test_every_line_of_a_lock_has_its_hashes(name: str) -> None:
    lines = re.sub(r" *\\\n *", " ", (ROOT / name).read_text("utf-8")).splitlines()
    packages = [line for line in lines if line and not line.lstrip().startswith("#")]
    assert len(packages) > 20
    for line in packages:
        assert re.match(
            r"[a-z0-9-]+(\[[a-z,]+\])?==\S+( ; [^-]+)? --hash=sha256:[0-9a-f]{64}", line
        )
