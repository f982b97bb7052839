"""What every front end is: an outlet for messages, and a translator of what sellers do.

In: `run` listens until it is cancelled and hands everything to the `Desk`:

- a photo: `desk.photo(sender, data, caption=...)`, one call for each photo of an album; what is not a photo and
  not text: `desk.handle(sender, OtherSent())`
- text: `desk.handle(sender, TextSent(text=...))`; commands: `Commanded(command=...)`
- a press: `desk.press(sender, token)`. Forged tokens do nothing; the answer says whether somebody else's button
  was pressed.

Before a file is fetched or a thread opened for somebody, `desk.admit(sender)` says whether they are served at all.

`Sender.update` is the chat's own id of the update: the same update handed over twice is done once. All of these may be
called at once; the concierge takes the events of one chat one by one. They return `Reply`: short hints for the one who
acted (a toast, an ephemeral message, or a plain one). They raise nothing that a front end has to handle: whatever goes
wrong inside has been told to the seller with a reference that is in the log.

Out: `post`, `edit` and `retire` of `Outlet` get finished text in the seller's language. Everything in it is plain text:
what looks like markup is the seller's own and must appear as it is. A front end keeps its chat's limits (lengths, file
sizes, rates, retries after a 429) to itself; what cannot be shown raises `ChatError` or `ChatClosed`.
"""

from __future__ import annotations

from typing import Protocol

from bot.inlet import Desk
from bot.outlet import Outlet


class FrontEnd(Outlet, Protocol):
    """A chat platform that the bot serves."""

    async def run(self, desk: Desk) -> None:
        """Serve sellers until cancelled."""
        ...
