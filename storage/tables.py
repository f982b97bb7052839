"""The tables. Values are kept as JSON text; columns exist for what is searched, ordered or guarded.

Times are seconds since 1970 by the database's own clock, so that processes on several machines agree.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

metadata = MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s"}
)

_ROW_ID = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers only plain INTEGER keys by itself

jobs = Table(
    "jobs",
    metadata,
    Column("id", Text, primary_key=True),
    Column("chat", Text, nullable=False),
    Column("seller", Text, nullable=False),
    Column("dedupe", Text, nullable=False),
    Column("lane", Text, nullable=False),
    Column("goal", Text, nullable=False),
    Column("likeness", Text, nullable=False),  # jobs of equal likeness take about equally long
    Column("order_json", Text, nullable=False),
    Column("state", Text, nullable=False),  # waiting, running, done, failed, cancelled
    Column("score", BigInteger, nullable=False),  # start tag of the fair queue: smaller goes first
    Column("fence", BigInteger, nullable=False),  # number of this attempt; whoever holds an older one has lost the job
    Column("owner", Text),
    Column("lease_until", Float),
    Column("cancel", Boolean, nullable=False, server_default=false()),
    Column("settled", Integer, nullable=False, server_default=text("0")),  # steps computed so far, by all attempts
    Column("crashes", Integer, nullable=False, server_default=text("0")),  # since a step was last computed
    Column("settled_at_crash", Integer, nullable=False, server_default=text("-1")),
    Column("seq", BigInteger, nullable=False, server_default=text("0")),  # number of the latest event
    Column("event_json", Text),  # the latest event; none while the job waits for its first attempt
    Column("created_at", Float, nullable=False),
    Column("started_at", Float),
    Column("finished_at", Float),
    Column("told", Boolean, nullable=False, server_default=false()),  # its end was shown in the chat
    UniqueConstraint("chat", "dedupe"),
    Index(None, "lane", "state", "score"),
    Index(None, "state", "lease_until"),
    Index(None, "seller", "created_at"),
    Index(None, "likeness", "state"),
    Index(None, "told"),
    Index(None, "finished_at"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", _ROW_ID, primary_key=True),
    Column("job", Text, nullable=False),
    Column("fence", BigInteger, nullable=False),
    Column("lane", Text, nullable=False),
    Column("score", BigInteger, nullable=False),
    Index(None, "job"),
)

step_records = Table(
    "step_records",
    metadata,
    Column("job", Text, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("stage", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("engine", Text, nullable=False),
    Column("computed", Boolean, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("notes_json", Text, nullable=False),
)

steps = Table(
    "steps",
    metadata,
    Column("key", Text, primary_key=True),
    Column("stage", Text, nullable=False),
    Column("engine", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("at", Float, nullable=False),
)

paid_tasks = Table(
    "paid_tasks",
    metadata,
    Column("key", Text, primary_key=True),
    Column("engine", Text, primary_key=True),
    Column("task", Text, nullable=False),
    Column("at", Float, nullable=False),
)

uses = Table(
    "uses",
    metadata,
    Column("holder", Text, primary_key=True),  # "job:…", "chat:…" or "seller:…"
    Column("kind", Text, primary_key=True),  # "blob" or "step"
    Column("name", Text, primary_key=True),  # sha256 of the file, or key of the step
    Column("seller", Text, nullable=False),
    Column("at", Float, nullable=False, server_default=text("0")),  # when a file was last about to be stored; 0: never
    Index(None, "kind", "name"),
    Index(None, "seller"),
)

leaving = Table(
    "leaving",
    metadata,
    Column("name", Text, primary_key=True),  # sha256 of a file that is being removed: see storage.leaving
    Column("at", Float, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("chat", Text, primary_key=True),
    Column("seller", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("at", Float, nullable=False),
    Index(None, "seller"),
)

slots = Table(
    "slots",
    metadata,
    Column("chat", Text, primary_key=True),
    Column("slot", Text, primary_key=True),
    Column("message", Text, nullable=False),
    Column("at", Float, nullable=False, server_default=text("0")),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("job", Text, primary_key=True),
    Column("slot", Text, primary_key=True),
    Column("message", Text, nullable=False),
)

films = Table(
    "films",
    metadata,
    Column("job", Text, primary_key=True),
    Column("seller", Text, nullable=False),
    Column("at", Float, nullable=False),
    Column("title", Text, nullable=False),
    Column("film_json", Text, nullable=False),
    Index(None, "seller", "at"),
)

sellers = Table(
    "sellers",
    metadata,
    Column("seller", Text, primary_key=True),
    Column("profile_json", Text, nullable=False),
    Column("invited", Boolean, nullable=False, server_default=false()),
    Column("since", Float, nullable=False),
)

invitations = Table(
    "invitations",
    metadata,
    Column("code", Text, primary_key=True),  # hash of it
    Column("until", Float, nullable=False),
    Column("used", Boolean, nullable=False, server_default=false()),
)

bans = Table(
    "bans",
    metadata,
    Column("person", Text, primary_key=True),  # hash of the seller's id, which is not kept
    Column("at", Float, nullable=False),
)

notices = Table(
    "notices",
    metadata,
    Column("person", Text, primary_key=True),  # as in bans
    Column("notice", Text, primary_key=True),
    Column("times", Integer, nullable=False),  # that they were told
)

logins = Table(
    "logins",
    metadata,
    Column("name", Text, primary_key=True),
    Column("sealed", Text, nullable=False),  # by whoever keeps it: nothing that a reader of this table could use
    Column("at", Float, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    Column("place", _ROW_ID, primary_key=True),
    Column("source", Text, nullable=False),
    Column("update_id", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("done", Boolean, nullable=False, server_default=false()),
    Column("at", Float, nullable=False),
    UniqueConstraint("source", "update_id"),
    Index(None, "source", "done"),
)
