"""The service in one process or several over one socket, and how it stops.

The processes are uvicorn's own workers: it starts them, asks each whether it still answers, and
starts one anew that died or hangs. What it leaves to whoever uses it is here.
"""

import gc
import logging
import multiprocessing
import os
import signal
import socket
import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Mapping
from multiprocessing.reduction import DupFd
from typing import Any

import uvicorn
from fastapi import FastAPI
from sqlalchemy.exc import SQLAlchemyError
from uvicorn.supervisors import Multiprocess

from app.api import log, metrics
from app.jobs.parser_model import ModelWrong
from app.serve import create_app, limits, open_desk, server_options
from app.settings import Settings, SettingsWrong, read_settings
from app.written import WrittenWrong

_ANSWERS_WITHIN = 15  # seconds after which a worker that says nothing is taken to hang
_HEAPS = "MALLOC_ARENA_MAX"
"""By this variable glibc learns how many heaps a process may have. Each thread has one else, and
keeps in it what was freed there; threads that take turns with the interpreter need but one."""
_FULL = 2  # the generation of a collection that looks through everything
_WAKES_WITHIN = 0.001
"""Seconds in which a worker that has nothing to do looks who has come."""
_LAST_GRACE = 3  # seconds beyond the time to stop, in which a worker that obeys has ended


def run(app: FastAPI | None, listener: socket.socket, workers: int, settings: Settings) -> None:
    """Serve until a signal ends it: `app` in this process, or several workers that make their own.

    At SIGTERM and SIGINT no new connection is taken, requests in flight are answered, and what
    still runs after TRAVELBAN_STOP_SECONDS is given up.
    """
    options = {
        **server_options(limits(settings)),
        "timeout_graceful_shutdown": settings.stop_seconds,
    }
    if app is not None:
        keep_out_of_collection()
        uvicorn.Server(uvicorn.Config(app, **options)).run(sockets=[listener])
        return
    config = uvicorn.Config(
        "app.workers:application",
        factory=True,
        workers=workers,
        timeout_worker_healthcheck=_ANSWERS_WITHIN,
        **options,
    )
    os.environ.setdefault(_HEAPS, "1")
    with metrics.shared_by_workers(), OneByOne(fileno=os.dup(listener.fileno())) as shared:
        Supervisor(config, [shared], settings.stop_seconds).run()


class OneByOne(socket.socket):
    """A listening socket of several workers, from which each takes one connection at a time.

    The event loop takes all that wait as soon as it looks, so that of many that come at once, as
    from a proxy, one worker would get nearly all, and refuse what the others could answer.
    """

    _next = 0.0

    def accept(self) -> tuple[socket.socket, Any]:
        """The next connection; after it none for as long as another worker takes to wake up."""
        if time.monotonic() < self._next:
            raise BlockingIOError
        taken = super().accept()
        self._next = time.monotonic() + _WAKES_WITHIN
        return taken

    def __reduce__(self) -> tuple[Any, ...]:
        """Handed to a worker as the open file that it is."""
        return _one_by_one, (DupFd(self.fileno()),)


def _one_by_one(handed: Any) -> OneByOne:
    return OneByOne(fileno=handed.detach())


class Supervisor(Multiprocess):
    """uvicorn's supervisor, which waits for its workers no longer than they may take to stop."""

    def __init__(
        self, config: uvicorn.Config, sockets: list[socket.socket], stop_seconds: int
    ) -> None:
        super().__init__(config, sockets)
        self.stop_seconds = stop_seconds

    def join_all(self) -> None:
        """Wait for the workers to end; kill those that do not, so that nothing waits for ever."""
        until = time.monotonic() + self.stop_seconds + _LAST_GRACE
        for worker in self.processes:
            worker.process.join(max(0.0, until - time.monotonic()))
            if worker.exitcode is None:
                worker.process.kill()
                worker.process.join()


def application() -> FastAPI:
    """What a worker serves; its settings come from the environment, as those of its parent did.

    The parent has migrated the store and loaded what ships. A worker that cannot open the store
    says so in one line and ends, and the supervisor tries again.
    """
    _end_with(multiprocessing.parent_process())
    try:
        settings = read_settings()
        log.install(settings.log, sys.stderr)
        app = create_app(open_desk(settings, prepared=True), limits(settings))
    except (
        OSError, SQLAlchemyError, sqlite3.Error, SettingsWrong, WrittenWrong, ModelWrong
    ) as error:  # fmt: skip
        words = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
        logging.getLogger("uvicorn.error").error("a worker cannot start: %s", words)
        sys.exit(1)
    keep_out_of_collection()
    return app


def keep_out_of_collection() -> None:
    """Have what is made by now, the record above all, not looked through for garbage again.

    It is some hundred thousand objects that stay, and to look through them took a good part of
    the work of every question. What a full collection finds still in use later, such as what is
    remembered of names, is kept out from then on: one that looks through all of it holds everybody
    up for a tenth of a second. All of it goes as soon as nothing refers to it, a record that is
    replaced too; what alone stays is a ring of objects that was whole at that moment, and questions
    make none.
    """
    gc.collect()
    gc.freeze()
    if _keep_out_what_stays not in gc.callbacks:
        gc.callbacks.append(_keep_out_what_stays)


def _keep_out_what_stays(phase: str, told: Mapping[str, int]) -> None:
    if phase == "stop" and told["generation"] == _FULL:
        gc.freeze()


def _end_with(parent: Any) -> None:
    """Stop when the parent is gone, however it went: else the port would stay taken."""

    def wait(join: Callable[[], object]) -> None:
        join()
        os.kill(os.getpid(), signal.SIGTERM)

    if parent is not None:
        threading.Thread(target=wait, args=(parent.join,), daemon=True).start()
