"""What retention needs: files on their way out, and since when a file was wanted and a message shown."""

from __future__ import annotations

import time

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Messages count as shown now; files as never wanted: who uses one names it."""
    op.create_table(
        "leaving",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    for table in ("uses", "slots"):
        op.add_column(table, sa.Column("at", sa.Float(), server_default=sa.text("0"), nullable=False))
    op.execute(sa.text("UPDATE slots SET at = :now").bindparams(now=time.time()))
    op.create_index("ix_jobs_finished_at", "jobs", ["finished_at"], unique=False)
