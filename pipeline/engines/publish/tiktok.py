"""TikTok: a film is sent to the account's inbox, where somebody finishes the post in the app.

That is the way that is open to apps which TikTok has not audited. No words go along: the inbox takes none.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, SecretStr, ValidationError

from pipeline.accounts import Standing
from pipeline.engines.publish.calls import (
    BRIEF,
    MOST_ANSWER,
    SENT,
    Calls,
    live_on,
    not_begun,
    reaching,
    read_at,
    recalled,
    refused,
    size_of,
    to_its_answer,
)
from pipeline.engines.publish.login import OAuth
from pipeline.engines.web import Reply, ask, belongs
from pipeline.errors import (
    EngineBusy,
    EngineError,
    EngineUnavailable,
    LimitReached,
    MaybePosted,
    NeedsLogin,
    PublishError,
    Rejected,
    StillProcessing,
)
from pipeline.model import Network, Posted, Visibility
from pipeline.ports import Bench, Logins, Publish

_HOME = "https://open.tiktokapis.com"
_PIECE = 10_000_000  # bytes sent at a time; TikTok takes 5 to 64 MB, and more in the last one
_DAY = 86_400.0
_SCOPE = "video.upload"

_NO_LOGIN = frozenset(
    {"access_token_invalid", "access_token_expired", "scope_not_authorized", "scope_permission_missed"}
)
_LIMITED = frozenset({"spam_risk_too_many_posts", "spam_risk_too_many_pending_share", "reached_active_user_cap"})
_ACCOUNT = frozenset({"spam_risk_user_banned_from_posting", "user_has_no_permission"})
_SPAM = frozenset({"spam_risk", "spam_risk_text"})
_UNKNOWN = frozenset({"invalid_publish_id", "token_not_authorized_for_specified_publish_id"})
_REFUSALS = {
    "file_format_check_failed": "file",
    "frame_rate_check_failed": "file",
    "picture_size_check_failed": "file",
    "duration_check_failed": "length",
}


class _Memory(BaseModel):
    """How far a post has come. `last`: the end of the film was sent, or about to be."""

    publish: str = ""
    url: str = ""
    last: bool = False


class _Look(BaseModel):
    status: str
    fail_reason: str = ""
    uploaded_bytes: int | None = None


class TikTok:
    """Sends films to an account's inbox.

    Args:
        client_key: of the app.
        client_secret: of the same.
        refresh_token: of the account, for uploading.
        address: of a server with the same API; None for TikTok's own.
        limit: seconds to wait for TikTok's work on the film.
        pause: seconds between two looks at it: thirty looks a minute are allowed.
        piece: bytes sent at a time.
    """

    def __init__(
        self,
        client_key: str,
        client_secret: SecretStr,
        refresh_token: SecretStr,
        *,
        address: str | None = None,
        limit: float = 300.0,
        pause: float = 4.0,
        piece: int = _PIECE,
    ) -> None:
        self._home = (address or _HOME).rstrip("/")
        self._login = OAuth(
            Network.TIKTOK,
            f"{self._home}/v2/oauth/token/",
            client={"client_key": client_key},
            secret=client_secret,
            refresh_token=refresh_token,
        )
        self._limit = limit
        self._pause = pause
        self._piece = piece

    @property
    def name(self) -> str:
        """It never changes: a post that another version made is a post."""
        return "tiktok"

    async def run(self, request: Publish, bench: Bench) -> Posted:
        """Send a film to the inbox, or go on with sending it.

        Raises:
            EngineError: another try may do.
            PublishError: it is not there, or nobody can say.
        """
        film = await bench.open(request.video)
        async with reaching(Network.TIKTOK, self._login, bench.logins) as calls:
            draft = _Draft(calls, self._home, bench, film, piece=self._piece)
            return await draft.done(limit=self._limit, pause=self._pause)

    async def standing(self, logins: Logins) -> Standing:
        """Who the account is and whether films may be sent there; nothing is sent."""
        async with reaching(Network.TIKTOK, self._login, logins) as calls:
            await self._login.access(calls.web, logins)
            lacks = "" if _SCOPE in self._login.scopes or not self._login.scopes else _SCOPE
            reply = await calls("GET", f"{self._home}/v2/user/info/?fields=display_name")
        data = _data(reply)
        user = data.get("user")
        name = user.get("display_name") if isinstance(user, Mapping) else None
        return Standing(network=Network.TIKTOK, name=str(name or ""), lacks=lacks)


@dataclass
class _Draft:
    """One film on its way."""

    calls: Calls
    home: str
    bench: Bench
    film: Path
    piece: int
    memory: _Memory = field(default_factory=_Memory)

    async def done(self, *, limit: float, pause: float) -> Posted:
        """See to it that the film is in the inbox."""
        self.memory = recalled(_Memory, await self.bench.task())
        not_begun(self.bench, Network.TIKTOK, perhaps=self.memory.last)
        size = await asyncio.to_thread(size_of, self.film)
        try:
            return await self._post(size, limit=limit, pause=pause)
        except asyncio.CancelledError:
            if self.bench.given_up and self.memory.last:
                live_on()
                raise StillProcessing("TikTok has the film already", Network.TIKTOK) from None
            if self.bench.given_up:
                await self.bench.remember("")
            raise

    async def _post(self, size: int, *, limit: float, pause: float) -> Posted:
        if not self.memory.publish:
            await self._begin(size)
            await self._send(size, 0)
        else:
            look = await self._look()
            arrived = _arrived(look, self.memory)
            if arrived is not None:
                return arrived
            received = look.uploaded_bytes
            if received is None:  # it does not say: what was sent to its end is waited for, anything else sent again
                received = size if self.memory.last else 0
            if received < size:
                await self._send(size, received)
        return await self._processed(limit=limit, pause=pause)

    async def _begin(self, size: int) -> None:
        """Ask for a place to upload to. One whose answer is lost is nobody's and is gone in a day."""
        pieces = self._pieces(size)
        wish = {
            "source_info": {
                "source": "FILE_UPLOAD",
                "video_size": size,
                "chunk_size": size if pieces == 1 else self.piece,
                "total_chunk_count": pieces,
            }
        }
        data = await self._ask("/v2/post/publish/inbox/video/init/", wish)
        publish, url = str(data.get("publish_id") or ""), str(data.get("upload_url") or "")
        if not publish or len(publish) > 128 or not belongs(url, "tiktokapis.com", home=self.home):
            raise EngineUnavailable("TikTok named no place to upload to")
        written = await self.bench.claim(_Memory(publish=publish, url=url).model_dump_json())
        self.memory = recalled(_Memory, written)
        if self.memory.publish != publish:
            raise EngineUnavailable("another try posts this film")  # and this one goes on with what that has begun

    async def _send(self, size: int, received: int) -> None:
        """Send what TikTok does not have yet, in pieces, one after the other."""
        pieces = self._pieces(size)
        for number in range(min(received // self.piece, pieces - 1), pieces):
            start = number * self.piece
            end = size if number == pieces - 1 else start + self.piece
            if end == size and not self.memory.last:
                await self._remember(last=True)  # who finds this knows that the draft may be there
            part = await asyncio.to_thread(read_at, self.film, start, end - start)
            work = self._put(part, f"bytes {start}-{end - 1}/{size}")
            await (to_its_answer(work, self.bench, Network.TIKTOK) if end == size else work)
            self.bench.progress(SENT * end // size, 100)

    async def _put(self, part: bytes, span: str) -> None:
        """Send a piece. The address is the key: no login goes with it."""
        headers = {"content-type": "video/mp4", "content-length": str(len(part)), "content-range": span}
        reply = await ask(self.calls.web, "PUT", self.memory.url, headers=headers, most=MOST_ANSWER, data=part)
        if reply.status in (200, 201, 206):
            return
        if reply.status in (401, 403, 404, 410) and not self.memory.last:
            await self.bench.remember("")
            raise EngineUnavailable("the place to upload to is gone")
        raise EngineUnavailable(f"TikTok answered a piece with {reply.status}")  # how far it is, is asked anew

    async def _processed(self, *, limit: float, pause: float) -> Posted:
        """Wait until the film is in the inbox.

        Raises:
            StillProcessing: that takes too long.
        """
        if self.bench.given_up:
            limit = min(limit, BRIEF)
        try:
            async with asyncio.timeout(limit):
                while True:
                    look = await self._look()
                    arrived = _arrived(look, self.memory)
                    if arrived is not None:
                        return arrived
                    self.bench.progress(SENT + 5, 100)
                    await asyncio.sleep(pause)
        except TimeoutError:
            raise StillProcessing(f"not processed within {limit:g} s", Network.TIKTOK) from None

    async def _look(self) -> _Look:
        """How the film is.

        Raises:
            MaybePosted: TikTok does not know it any more, and it may have arrived before.
            EngineUnavailable: nothing came of it; another try begins anew.
        """
        try:
            data = await self._ask("/v2/post/publish/status/fetch/", {"publish_id": self.memory.publish})
            look = _Look.model_validate(data)
        except _Unknown:
            if self.memory.last:
                raise MaybePosted("TikTok does not know the film any more", Network.TIKTOK) from None
            await self.bench.remember("")
            raise EngineUnavailable("TikTok does not know the upload any more") from None
        except ValidationError:
            raise EngineUnavailable("TikTok answered something else") from None
        if look.status == "FAILED" and look.fail_reason not in _REFUSALS:
            await self.bench.remember("")  # nothing has arrived, so it may be sent again
            raise _of_code(look.fail_reason, f"TikTok failed: {look.fail_reason}"[:80]) or EngineUnavailable(
                "TikTok could not process the film"
            )
        return look

    async def _ask(self, path: str, content: Mapping[str, object]) -> Mapping[str, object]:
        headers = {"content-type": "application/json; charset=UTF-8"}
        reply = await self.calls("POST", f"{self.home}{path}", content=content, headers=headers)
        if reply.status != 200 or _code(reply) != "ok":
            raise _failure(reply)
        return _data(reply)

    async def _remember(self, **fields: object) -> None:
        self.memory = self.memory.model_copy(update=fields)
        await self.bench.remember(self.memory.model_dump_json())

    def _pieces(self, size: int) -> int:
        """How many pieces a film is sent in: what is left over goes with the last one."""
        return max(1, size // self.piece)


class _Unknown(EngineUnavailable):
    """TikTok knows no such upload."""


def _arrived(look: _Look, memory: _Memory) -> Posted | None:
    """What came of the film; None while that is open."""
    if look.status in ("SEND_TO_USER_INBOX", "PUBLISH_COMPLETE"):
        return Posted(id=memory.publish, state=Visibility.DRAFT)
    if look.status == "FAILED":
        return Posted(id=memory.publish, state=Visibility.NOBODY, refusal=_REFUSALS[look.fail_reason])
    return None


def _failure(reply: Reply) -> EngineError | PublishError:
    """What an answer of TikTok's that is no success means; only its code is read."""
    code = _code(reply)
    said = f"TikTok answered {reply.status} {code}".rstrip()
    if code in _UNKNOWN:
        return _Unknown(said)
    known = _of_code(code, said)
    if known is not None:
        return known
    if code == "rate_limit_exceeded" and reply.status != 429:
        return EngineBusy(said)
    if reply.status in (401, 403):
        return NeedsLogin(said, Network.TIKTOK)
    if 400 <= reply.status < 500 and reply.status not in (408, 409, 425, 429):
        return Rejected(said, Network.TIKTOK, "other")
    return EngineUnavailable(said) if reply.status < 400 else refused(Network.TIKTOK, reply)


def _of_code(code: str, said: str) -> PublishError | None:
    if code in _NO_LOGIN or code == "auth_removed":
        return NeedsLogin(said, Network.TIKTOK)
    if code in _LIMITED:
        return LimitReached(said, Network.TIKTOK, _DAY)
    if code in _ACCOUNT:
        return Rejected(said, Network.TIKTOK, "account")
    if code in _SPAM:
        return Rejected(said, Network.TIKTOK, "spam")
    return None


def _code(reply: Reply) -> str:
    said = reply.content()
    error = said.get("error") if isinstance(said, Mapping) else None
    code = error.get("code") if isinstance(error, Mapping) else None
    return code if isinstance(code, str) and re.fullmatch(r"[a-z_]{1,64}", code) else ""


def _data(reply: Reply) -> Mapping[str, object]:
    said = reply.content()
    data = said.get("data") if isinstance(said, Mapping) else None
    return data if isinstance(data, Mapping) else {}
