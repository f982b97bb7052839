"""The bench of many chats measures a real conversation, and says what it measured."""

from __future__ import annotations

from tests.bench.chats import measure, report


async def test_a_few_sellers_go_through_the_whole_conversation() -> None:
    found = await measure(chats=3, rate=50.0)
    assert len(found.took) == 3 * 7, "seven presses lead from a photo to the review card"
    assert 0 < found.percentile(50) <= found.percentile(95)
    assert 20 < found.memory_idle <= found.memory
    said = report(found)
    assert "p95 of 21" in said
    assert f"{found.memory:.0f} MB" in said
