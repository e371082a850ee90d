"""Questions as they come: each field of an object once, and a body that came before is known.

A request that is one question and nothing else is read here, by FastAPI's own schema of its body:
all that FastAPI looks for beside it takes longer than to read it. Whatever is not plainly good goes
FastAPI's way, which says what is wrong with it.
"""

import json
from collections.abc import Callable, Coroutine
from inspect import iscoroutinefunction, signature
from typing import Any

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool

from app.api.keys import Guarded, Needs
from app.assessment.report import Refused, each_once
from app.kept import Latest

JSON = "application/json"
LONGEST_KEPT = 16 * 1024
"""Bytes of a body that is kept to be known again; a longer one is FastAPI's."""
MOST_KEPT = 256
"""Bodies of each route that are kept: those that came last."""


class _Body(Request):
    async def json(self) -> Any:
        return _fields(await self.body())


def _fields(body: bytes) -> Any:
    return json.loads(body, object_pairs_hook=each_once)


class QuestionRoute(Guarded):
    """A route that refuses a body in which an object gives a field twice.

    The same bytes are the same question, so of those that came before it is not made again.
    """

    def of_whoever_may(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The route's own, of a request whose body is so read."""
        handler = super().of_whoever_may()
        names = self._names()
        known = Latest[bytes, Any](MOST_KEPT)

        async def answered(request: Request) -> Response:
            request = _Body(request.scope, request.receive)
            if names is None or request.headers.get("content-type") != JSON:
                return await handler(request)
            body = await request.body()
            question = known.get(body)
            if question is None:
                question = self._read(body)
                if question is None:
                    return await handler(request)
                known.keep(body, question)
            given = {names[0]: question}
            if names[1] is not None:
                given[names[1]] = request.state.caller
            return await run_in_threadpool(self.endpoint, **given)

        return answered

    def _names(self) -> tuple[str, str | None] | None:
        """How the endpoint calls the question and who asks, where it takes nothing else."""
        if len(self.dependant.body_params) != 1 or iscoroutinefunction(self.endpoint):
            return None
        question = self.dependant.body_params[0].name
        keys = (item.name for item in self.dependant.dependencies if isinstance(item.call, Needs))
        caller = next((name for name in keys if name is not None), None)
        names = {question} if caller is None else {question, caller}
        return (question, caller) if signature(self.endpoint).parameters.keys() == names else None

    def _read(self, body: bytes) -> Any:
        """The question that a body is; null for one that FastAPI is to look at."""
        if self.body_field is None or len(body) > LONGEST_KEPT:
            return None
        try:
            given = _fields(body)
        except (ValueError, RecursionError, Refused):
            return None
        question, errors = self.body_field.validate(given, {}, loc=("body",))
        return None if errors else question
