"""Work that goes on beside a block: it ends with the block, and the block with it."""

from __future__ import annotations

import asyncio

import pytest

from jobs.tasks import kept


async def breaks() -> None:
    raise LookupError("a bug")


async def test_a_block_ends_at_once_when_the_work_beside_it_fails() -> None:
    with pytest.raises(LookupError):
        async with asyncio.timeout(5) as overdue, kept(breaks()):
            await asyncio.Event().wait()
    assert not overdue.expired()


async def test_work_ends_with_its_block_however_that_ends() -> None:
    for error in (TimeoutError, KeyError):
        with pytest.raises(error):
            async with kept(asyncio.Event().wait()) as work:  # type: ignore[arg-type]  # it never returns
                raise error
        assert work.cancelled()
    async with kept(asyncio.Event().wait()) as work:  # type: ignore[arg-type]
        await asyncio.sleep(0)
    assert work.cancelled()


async def test_work_that_is_done_early_leaves_its_block_alone() -> None:
    async with kept(asyncio.sleep(0)) as work:
        await work
        await asyncio.sleep(0)
    assert work.done()
