"""Run the Dockerfile's steps without a container engine.

One temporary folder stands for `/`, a fresh virtual environment is made in it as the steps say,
CMD is started on a free port of this machine, and HEALTHCHECK's own command must succeed. Then CMD
is told to stop, must do so in time, and must have written nothing outside VOLUME and /tmp: the
root file system may be read-only. Only the few instructions that our Dockerfile uses are known;
any other is refused. This cannot show that the base image exists, nor that users and permissions
are right.
"""

import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from string import Template

HERE = Path(__file__).resolve().parent.parent
INSTALL_LIMIT = 600
START_LIMIT = 60
STOP_LIMIT = 30


def instructions(text: str) -> list[tuple[str, str]]:
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    whole = re.sub(r"\\\n\s*", "", "\n".join(lines)).splitlines()
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in whole)]


def build(steps: list[tuple[str, str]], root: Path) -> tuple[list[str], list[str], dict[str, str]]:
    """Take every step; return CMD, HEALTHCHECK's command and the environment."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("TRAVELBAN_")}
    environment["PATH"] = f"{Path(sys.executable).parent}:{environment['PATH']}"
    environment.setdefault("PIP_QUIET", "2")
    let_in = re.findall(r"^!(.+)$", (HERE / ".dockerignore").read_text(), re.MULTILINE)
    handed_on = [rest.split()[1] for _, rest in steps if rest.startswith("--from=")]
    command: list[str] = []
    health: list[str] = []
    workdir = root

    def below(path: str) -> str:
        return re.sub(r"(?<![\w./])/(?=(opt|srv|var)/)", f"{root}/", path)

    for word, rest in steps:
        print(f"  {word} {rest[:80]}", flush=True)
        match word:
            case "FROM":
                # A new stage has only what is handed on to it.
                for old in root.iterdir():
                    if not any(path.startswith(f"/{old.name}/") for path in handed_on):
                        shutil.rmtree(old)
            case "WORKDIR":
                workdir = Path(below(rest))
                workdir.mkdir(parents=True, exist_ok=True)
            case "VOLUME":
                Path(below(rest)).mkdir(parents=True, exist_ok=True)
            case "ENV":
                for pair in shlex.split(rest):
                    name, _, value = pair.partition("=")
                    environment[name] = Template(below(value)).substitute(environment)
            case "COPY" if rest.startswith("--from="):
                source, target = rest.split()[1:]
                if source != target:
                    sys.exit(f"COPY between stages must keep the path: {rest}")
            case "COPY":
                *sources, target = rest.split()
                for source in sources:
                    if source not in let_in:
                        sys.exit(f"COPY {source}: kept out by .dockerignore")
                    if (HERE / source).is_dir():
                        no_caches = shutil.ignore_patterns("__pycache__")
                        shutil.copytree(HERE / source, workdir / target, ignore=no_caches)
                    else:
                        shutil.copy(HERE / source, workdir / target)
            case "RUN" if "useradd" in rest:
                print("    (not done: it would change this machine's users)")
            case "RUN":
                subprocess.run(
                    ["sh", "-c", below(rest)],
                    cwd=workdir,
                    env=environment,
                    check=True,
                    stdout=subprocess.DEVNULL,
                    timeout=INSTALL_LIMIT,
                )
            case "HEALTHCHECK":
                health = json.loads(rest.partition("CMD ")[2])
            case "CMD":
                command = json.loads(rest)
            case "USER" | "EXPOSE":
                pass
            case _:
                sys.exit(f"an instruction that this check does not know: {word}")
    environment["PWD"] = str(workdir)
    return command, health, environment


def files(root: Path, writable: list[Path]) -> dict[Path, tuple[int, int]]:
    """Every file that may not change, with what would show that it did."""
    found = {}
    for folder, inner, names in os.walk(root):
        inner[:] = [name for name in inner if Path(folder, name) not in writable]
        for name in (*names, "."):
            told = Path(folder, name).lstat()
            found[Path(folder, name)] = told.st_mtime_ns, told.st_size
    return found


def start(command: list[str], health: list[str], environment: dict[str, str]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    environment |= {"TRAVELBAN_HOST": "127.0.0.1", "TRAVELBAN_PORT": port}
    until = time.monotonic() + START_LIMIT
    with subprocess.Popen(command, cwd=environment["PWD"], env=environment) as service:
        try:
            while subprocess.run(health, env=environment, stderr=subprocess.DEVNULL).returncode:
                if service.poll() is not None:
                    sys.exit(f"CMD ended with {service.returncode} before it was healthy")
                if time.monotonic() > until:
                    sys.exit(f"not healthy after {START_LIMIT} s")
                time.sleep(0.3)
        finally:
            service.terminate()
            try:
                service.wait(STOP_LIMIT)
            except subprocess.TimeoutExpired:
                service.kill()
                sys.exit(f"CMD has not stopped after {STOP_LIMIT} s")


with tempfile.TemporaryDirectory() as folder:
    root = Path(folder).resolve()
    steps = instructions((HERE / "Dockerfile").read_text())
    command, health, environment = build(steps, root)
    if not (HERE / "app/cli.py").exists():
        print("Dockerfile: its steps install; CMD not started, since app/cli.py is not there")
    else:
        temporary = root / "tmp"
        temporary.mkdir()
        writable = [temporary, *(Path(f"{root}{rest}") for word, rest in steps if word == "VOLUME")]
        before = files(root, writable)
        start(command, health, environment | {"TMPDIR": str(temporary)})
        if changed := {path for path, _ in files(root, writable).items() ^ before.items()}:
            names = sorted(str(path.relative_to(root)) for path in changed)
            sys.exit(f"CMD wrote where nothing may be written: {', '.join(names[:10])}")
        print("Dockerfile: its steps install, CMD starts, HEALTHCHECK succeeds, CMD stops in time")
        print("Dockerfile: CMD wrote to nothing but its volume and /tmp")
