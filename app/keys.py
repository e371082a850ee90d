"""Keys to the service: made once, shown once, kept as a hash, taken back by a row.

A key is `tb_<id>_<secret>`: the id is public and names the key, the secret is 256 random bits.
"""

import hashlib
import logging
import re
import secrets
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from hmac import compare_digest
from threading import Lock
from typing import Annotated

from pydantic import TypeAdapter
from sqlalchemy.exc import SQLAlchemyError

from app.assessment.report import Fault, Refused
from app.record import NotOnRecord
from app.store import audit, facts
from app.store import keys as rows
from app.store.keys import Key, KeyStatus, Revocation, Scope
from app.terms import Checked, Text, WholeDay, value
from app.when import instant_text, parse_instant

_FORM = re.compile(r"tb_([0-9a-f]{12})_([0-9a-f]{64})")
_AT_ONCE = timedelta(seconds=1)  # within which every process has seen what became of a key
_key = TypeAdapter(Key)
_revocation = TypeAdapter(Revocation)


def _one_line(name: str) -> str:
    """A name that cannot be taken for two lines of a list or a log; else ValueError."""
    if name.splitlines() != [name]:
        raise ValueError("is not one line")
    return name


@value
class KeyAsked:
    """A key that is to be made."""

    name: Annotated[Text, Checked(_one_line)]
    """Who asks with it: stands in the audit and under what is recorded or reviewed."""
    scopes: tuple[Scope, ...]
    """What it opens; without any, reading the record alone."""
    expires: WholeDay | None = None
    """The last day, in UTC, on which it is taken; left out, until it is revoked."""


@value
class KeyMade:
    """A new key, and its text: nobody can say it a second time."""

    key: Key
    text: str


@value
class KeyRevoked:
    """A key that counts no longer."""

    key: Key
    revocation: Revocation
    new: bool
    """Whether it was not so before."""


class Seen:
    """The keys as they were at a moment, a second ago at the most."""

    def __init__(self, at: datetime, every: tuple[KeyStatus, ...], *, required: bool) -> None:
        self.at = at
        self._by_id: Mapping[str, KeyStatus] = {item.key.id: item for item in every}
        self.on = required or any(item.revocation is None for item in every)
        """Whether a question needs a key."""

    def owner(self, text: str) -> Key | None:
        """The key that a text is; null for one that is wrong, unknown, expired or revoked.

        The work is the same for all of them, an unknown id included: one hash, one comparison.
        """
        found = _FORM.fullmatch(text)
        name, secret = found.groups() if found else ("", "")
        here = self._by_id.get(name)
        right = compare_digest(_hash(secret), here.key.hash if here else _NOBODYS)
        counts = self.by_id(name)  # looked up for a wrong secret, too
        return counts if right else None

    def by_id(self, name: str) -> Key | None:
        """The key of an id; null for one that is unknown, expired or revoked."""
        here = self._by_id.get(name)
        if here is None or here.revocation is not None:
            return None
        ends = here.key.expires_at
        return here.key if ends is None or instant_text(self.at) < ends else None

    def is_use_noted(self, key: Key) -> bool:
        """Whether a use of a key within the last minute is on record."""
        used = self._by_id[key.id].used_at
        return used is not None and self.at - parse_instant(used) < rows.BETWEEN_NOTES


class Keys:
    """The keys of one store: made, taken back, and looked at when a question bears one."""

    def __init__(
        self, store: facts.Store, clock: Callable[[], datetime], *, required: bool = False
    ) -> None:
        self.store = store
        self.clock = clock
        self.required = required
        """Whether a question needs a key even where there is none that it could bear."""
        self._seen: Seen | None = None
        self._looking = Lock()
        self._noted: dict[str, datetime] = {}

    # ------------------------------------------------------------ made and taken back

    def create(self, asked: KeyAsked, who: str) -> KeyMade:
        """Make a key, with its audit line; Refused where its last day is over."""
        now = self.clock()
        ends = None if asked.expires is None else _after(asked.expires)
        if ends is not None and ends <= now:
            words = f"{asked.expires} is over: nobody could use the key"
            raise Refused((Fault(field="expires", words=words),))
        secret = secrets.token_hex(32)
        with self.store.writing() as connection:
            moment = facts.next_moment(connection, now)
            key = Key(
                id=secrets.token_hex(6),
                name=asked.name,
                hash=_hash(secret),
                scopes=tuple(scope for scope in Scope if scope in asked.scopes),
                created_at=moment,
                created_by=who,
                expires_at=None if ends is None else instant_text(ends),
            )
            rows.add(connection, key)
            audit.add(
                connection,
                at=moment,
                who=who,
                action="keys create",
                question_digest=hashlib.sha256(_key.dump_json(key)).hexdigest(),
                answer_digest=None,
                subject=key.id,
            )
        self._seen = None
        return KeyMade(key=key, text=f"tb_{key.id}_{secret}")

    def revoke(
        self,
        id: str,  # noqa: A002 - the word of the wire
        because: str,
        who: str,
    ) -> KeyRevoked:
        """Take a key back, with the audit line; NotOnRecord where no key has this id."""
        with self.store.writing() as connection:
            moment = facts.next_moment(connection, self.clock())
            here = next((item for item in rows.every(connection) if item.key.id == id), None)
            if here is None:
                raise NotOnRecord(id)
            if here.revocation is not None:
                return KeyRevoked(key=here.key, revocation=here.revocation, new=False)
            revocation = Revocation(key=id, because=because, revoked_at=moment, revoked_by=who)
            rows.revoke(connection, revocation)
            audit.add(
                connection,
                at=moment,
                who=who,
                action="keys revoke",
                question_digest=hashlib.sha256(_revocation.dump_json(revocation)).hexdigest(),
                answer_digest=None,
                subject=id,
            )
        self._seen = None
        return KeyRevoked(key=here.key, revocation=revocation, new=True)

    def every(self) -> tuple[KeyStatus, ...]:
        """All keys, revoked and expired ones too, in the order in which they were made."""
        with self.store.reading() as connection:
            return rows.every(connection)

    # ------------------------------------------------------------ looked at

    def seen(self) -> Seen | None:
        """The keys as they were within the last second; null where somebody has to look."""
        seen = self._seen
        # By a clock that was set back nothing is new.
        if seen is not None and timedelta(0) <= self.clock() - seen.at < _AT_ONCE:
            return seen
        return None

    def look(self) -> Seen:
        """The keys as they are: what was revoked by another process is so here too.

        While the store cannot be read, what was seen last holds: no answer comes then that rests
        on the store, and whoever watches the service still may.
        """
        with self._looking:  # one at a time: the others find what it has seen
            seen = self.seen()
            if seen is None:
                at = self.clock()
                try:
                    seen = Seen(at, self.every(), required=self.required)
                except SQLAlchemyError:
                    if self._seen is None:
                        raise
                    return self._seen
                self._seen = seen
            return seen

    def require(self) -> None:
        """From now on a question needs a key, also when the last one has been revoked."""
        self.required = True
        self._seen = None

    # ------------------------------------------------------------ used

    def is_to_note(self, key: Key, seen: Seen) -> bool:
        """Whether a use is to be noted: once a minute for each key, in each process."""
        last = self._noted.get(key.id)
        if last is not None and timedelta(0) <= seen.at - last < rows.BETWEEN_NOTES:
            return False
        self._noted[key.id] = seen.at
        return not seen.is_use_noted(key)

    def note_use(self, key: Key) -> None:
        """Note when a key was last used; an answer does not wait for it, nor fail with it."""
        try:
            with self.store.writing() as connection:
                rows.note_use(connection, key.id, self.clock())
        except SQLAlchemyError:
            logging.getLogger("travelban").exception("the use of a key could not be noted")


def _hash(secret: str) -> str:
    # A slow hash makes up for what people can remember. What nobody can guess needs none: NIST
    # SP 800-63B, 5.1.2.2, asks for an approved one-way function alone, without salt, from 112
    # random bits on.
    return hashlib.sha256(secret.encode()).hexdigest()


# What an unknown id is compared with: the hash of a secret that nobody has.
_NOBODYS = _hash(secrets.token_hex(32))


def _after(day: str) -> datetime:
    """The first moment after a day, in UTC."""
    return datetime.fromisoformat(day).replace(tzinfo=UTC) + timedelta(days=1)
