"""YouTube: an upload that is gone on with where it broke off, so that a film becomes one video."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path

import httpx
from pydantic import BaseModel, SecretStr, ValidationError

from pipeline.accounts import Standing
from pipeline.engines.publish.calls import (
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
from pipeline.engines.web import Reply, belongs
from pipeline.errors import (
    EngineBusy,
    EngineError,
    EngineUnavailable,
    LimitReached,
    MaybePosted,
    NeedsLogin,
    PublishError,
    Rejected,
)
from pipeline.model import Network, Posted, Visibility
from pipeline.ports import Bench, Logins, Publish
from pipeline.posting import body

_HOME = "https://www.googleapis.com"
_TOKENS = "https://oauth2.googleapis.com"
_PIECE = 16 << 18  # bytes sent at a time: 4 MiB, and pieces have to be multiples of 256 KiB
_MOST_COVER = 2_000_000  # bytes
_BLOGS = "22"  # the category "People & Blogs"
_MAY_POST = frozenset(
    f"https://www.googleapis.com/auth/{name}" for name in ("youtube", "youtube.upload", "youtube.force-ssl")
)
_RANGE = re.compile(r"bytes=0-(\d+)")
_ID = re.compile(r"[A-Za-z0-9_-]{6,32}")
_DAY = timedelta(days=1)
_CALIFORNIA = timezone(timedelta(hours=-8))  # in winter; in summer a day ends an hour before it is said to
_LAST_WORDS = 3.0  # seconds to cancel an upload

_BUSY = frozenset({"rateLimitExceeded", "userRateLimitExceeded"})
_SPENT = frozenset({"quotaExceeded", "dailyLimitExceeded"})  # of the project, until midnight where Google is
_WORDS = frozenset({"invalidTitle", "invalidDescription", "invalidTags", "invalidVideoMetadata"})
_REFUSALS = {
    "copyright": "copyright",
    "claim": "copyright",
    "trademark": "copyright",
    "legal": "rules",
    "inappropriate": "rules",
    "termsOfUse": "rules",
    "duplicate": "duplicate",
    "length": "length",
    "uploaderAccountSuspended": "account",
    "uploaderAccountClosed": "account",
}


class _Memory(BaseModel):
    """How far a post has come. `last`: the end of the film was sent, or about to be."""

    session: str = ""
    last: bool = False
    video: str = ""
    seen: Visibility = Visibility.PRIVATE


class _Status(BaseModel):
    privacyStatus: Visibility = Visibility.PRIVATE  # noqa: N815 - Google's own spelling, as below
    uploadStatus: str = "uploaded"  # noqa: N815
    rejectionReason: str = ""  # noqa: N815


class _Video(BaseModel):
    id: str
    status: _Status = _Status()


class YouTube:
    """Posts films to a channel.

    Args:
        client_id: of the Google Cloud project's OAuth client.
        client_secret: of the same.
        refresh_token: of the channel's owner, for uploading.
        address: of a server with the same API; None for Google's own.
        limit: seconds to wait for YouTube's own work on a video; it is posted by then in any case.
        pause: seconds between two looks at it.
        piece: bytes sent at a time, a multiple of 256 KiB.
    """

    def __init__(
        self,
        client_id: str,
        client_secret: SecretStr,
        refresh_token: SecretStr,
        *,
        address: str | None = None,
        limit: float = 90.0,
        pause: float = 3.0,
        piece: int = _PIECE,
    ) -> None:
        self._home = (address or _HOME).rstrip("/")
        self._login = OAuth(
            Network.YOUTUBE,
            f"{(address or _TOKENS).rstrip('/')}/token",
            client={"client_id": client_id},
            secret=client_secret,
            refresh_token=refresh_token,
        )
        self._limit = limit
        self._pause = pause
        self._piece = piece

    @property
    def name(self) -> str:
        """It never changes: a post that another version made is a post."""
        return "youtube"

    async def run(self, request: Publish, bench: Bench) -> Posted:
        """Post a film, or go on with posting it.

        Raises:
            EngineError: another try may do.
            PublishError: it was not posted, or nobody can say.
        """
        film = await bench.open(request.video)
        cover = await bench.open(request.cover)
        async with reaching(Network.YOUTUBE, self._login, bench.logins) as calls:
            upload = _Upload(calls, self._home, request, bench, film, piece=self._piece)
            return await upload.done(cover, limit=self._limit, pause=self._pause)

    async def standing(self, logins: Logins) -> Standing:
        """Who the channel is and whether films may be posted there; nothing is posted."""
        async with reaching(Network.YOUTUBE, self._login, logins) as calls:
            await self._login.access(calls.web, logins)
            lacks = "" if self._login.scopes & _MAY_POST or not self._login.scopes else "youtube.upload"
            reply = await calls("GET", f"{self._home}/youtube/v3/channels?part=snippet&mine=true")
        return Standing(network=Network.YOUTUBE, name=_title(reply.content()), lacks=lacks)


@dataclass
class _Upload:
    """One film on its way."""

    calls: Calls
    home: str
    request: Publish
    bench: Bench
    film: Path
    piece: int
    memory: _Memory = field(default_factory=_Memory)

    async def done(self, cover: Path, *, limit: float, pause: float) -> Posted:
        """See to it that the film is on YouTube."""
        self.memory = recalled(_Memory, await self.bench.task())
        if not self.memory.video:
            not_begun(self.bench, Network.YOUTUBE, perhaps=self.memory.last)
            try:
                await self._send()
            except (asyncio.CancelledError, MaybePosted):
                if self.bench.given_up:
                    await self._give_up()
                raise
        if self.bench.given_up:
            return self._posted(_Status(privacyStatus=self.memory.seen))
        with suppress(httpx.HTTPError, EngineError, PublishError):
            await self._set_cover(cover)  # a channel that was not verified may not: the post stands without
        return await self._settled(limit=limit, pause=pause)

    # ── sending ──────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _send(self) -> None:
        size = await asyncio.to_thread(size_of, self.film)
        begun = not self.memory.session
        if begun:
            await self._begin(size)
        at = 0 if begun else await self._look(size)
        while at is not None:
            self.bench.progress(SENT * at // size, 100)
            end = min(at + self.piece, size)
            if end == size and not self.memory.last:
                await self._remember(last=True)  # who finds this knows that the video may be there
            part = await asyncio.to_thread(read_at, self.film, at, end - at)
            work = self._put(part, f"bytes {at}-{end - 1}/{size}")
            at = await (to_its_answer(work, self.bench, Network.YOUTUBE) if end == size else work)
        self.bench.progress(SENT, 100)

    async def _begin(self, size: int) -> None:
        """Open a session to upload in. One whose answer is lost holds nothing, and is left to itself."""
        url = f"{self.home}/upload/youtube/v3/videos?uploadType=resumable&part=snippet,status"
        headers = {"x-upload-content-length": str(size), "x-upload-content-type": "video/mp4"}
        reply = await self.calls("POST", url, content=self._resource(), headers=headers)
        if reply.status != 200:
            raise _failure(reply)
        session = reply.headers.get("location", "")
        if not belongs(session, "googleapis.com", home=self.home):
            raise EngineUnavailable("YouTube named no place to upload to")
        written = await self.bench.claim(_Memory(session=session).model_dump_json())
        self.memory = recalled(_Memory, written)
        if self.memory.session != session:
            raise EngineUnavailable("another try posts this film")  # and this one goes on with what that has begun

    async def _look(self, size: int) -> int | None:
        """How many bytes YouTube has; None when it has all of them."""
        return await self._put(b"", f"bytes */{size}")

    async def _put(self, part: bytes, span: str) -> int | None:
        """Send a part of the film: from which byte on to go on; None when the video is there and is written down."""
        headers = {"content-range": span, "content-length": str(len(part)), "content-type": "video/mp4"}
        reply = await self.calls("PUT", self.memory.session, data=lambda: part, headers=headers)
        if reply.status == 308:
            found = _RANGE.fullmatch(reply.headers.get("range", ""))
            return int(found[1]) + 1 if found else 0
        if reply.status in (200, 201):
            try:
                video = _Video.model_validate_json(reply.body)
            except ValidationError:
                video = _Video(id="")
            if not _ID.fullmatch(video.id):
                raise EngineUnavailable("YouTube has the film and did not say under which name")
            await self._remember(video=video.id, seen=video.status.privacyStatus)
            return None
        if reply.status in (404, 410):
            if self.memory.last:
                raise MaybePosted("the upload is over and its answer was lost", Network.YOUTUBE)
            await self.bench.remember("")
            raise EngineUnavailable("YouTube does not know the upload any more")
        raise _failure(reply)

    async def _give_up(self) -> None:
        """Cancel the upload.

        Raises:
            asyncio.CancelledError: nothing comes of it.
            MaybePosted: nobody can say.
        """
        if self.memory.session:
            with suppress(httpx.HTTPError, EngineError, PublishError, TimeoutError):
                async with asyncio.timeout(_LAST_WORDS):
                    reply = await self.calls("DELETE", self.memory.session, headers={"content-length": "0"})
                if reply.status in (204, 499):
                    await self._remember(session="", last=False)
        if self.memory.last:
            live_on()
            raise MaybePosted("stopped while it was being posted", Network.YOUTUBE)
        raise asyncio.CancelledError

    async def _remember(self, **fields: object) -> None:
        self.memory = self.memory.model_copy(update=fields)
        await self.bench.remember(self.memory.model_dump_json())

    def _resource(self) -> dict[str, object]:
        asked = self.request
        return {
            "snippet": {
                "title": asked.title,
                "description": body(asked.caption, asked.hashtags),
                "tags": [tag.removeprefix("#") for tag in asked.hashtags],
                "categoryId": _BLOGS,
                "defaultLanguage": asked.language,
                "defaultAudioLanguage": asked.language,
            },
            "status": {
                "privacyStatus": asked.visibility.value,
                "selfDeclaredMadeForKids": False,
                "containsSyntheticMedia": asked.synthetic,
            },
        }

    # ── once it is there ─────────────────────────────────────────────────────────────────────────────────────────────

    async def _set_cover(self, cover: Path) -> None:
        if await asyncio.to_thread(size_of, cover) > _MOST_COVER:
            return
        picture = await asyncio.to_thread(cover.read_bytes)
        url = f"{self.home}/upload/youtube/v3/thumbnails/set?uploadType=media&videoId={self.memory.video}"
        await self.calls("POST", url, data=lambda: picture, headers={"content-type": "image/jpeg"})

    async def _settled(self, *, limit: float, pause: float) -> Posted:
        """What YouTube made of the video, as far as it says so in time."""
        status = _Status(privacyStatus=self.memory.seen)
        try:
            async with asyncio.timeout(limit):
                while status.uploadStatus == "uploaded":
                    self.bench.progress(SENT + 5, 100)
                    found = await self._status()
                    if found is None:
                        break
                    status = found
                    await asyncio.sleep(pause if status.uploadStatus == "uploaded" else 0)
        except (TimeoutError, httpx.HTTPError, EngineError, PublishError):
            pass  # it is posted, whatever cannot be found out about it
        except asyncio.CancelledError:
            if not self.bench.given_up:
                raise
            live_on()
        return self._posted(status)

    async def _status(self) -> _Status | None:
        """The video as it is; None where the login may not look, or there is nothing to see."""
        url = f"{self.home}/youtube/v3/videos?part=status&id={self.memory.video}"
        reply = await self.calls("GET", url)
        said = reply.content()
        items = said.get("items") if reply.status == 200 and isinstance(said, Mapping) else None
        try:
            return _Video.model_validate(items[0]).status if isinstance(items, list) and items else None
        except ValidationError:
            return None

    def _posted(self, status: _Status) -> Posted:
        video = self.memory.video
        if status.uploadStatus in ("failed", "rejected", "deleted"):
            reason = "file" if status.uploadStatus == "failed" else _REFUSALS.get(status.rejectionReason, "other")
            return Posted(id=video, state=Visibility.NOBODY, refusal=reason)
        return Posted(id=video, address=f"https://youtu.be/{video}", state=status.privacyStatus)


def _failure(reply: Reply) -> EngineError | PublishError:
    """What an answer of YouTube's that is no success means; only its code is read, its words quote the request."""
    reason = _reason(reply.content())
    said = f"YouTube answered {reply.status} {reason}".rstrip()
    if reason in _BUSY:
        return EngineBusy(said)
    if reason in _SPENT:
        return LimitReached(said, Network.YOUTUBE, _until_midnight(datetime.now(_CALIFORNIA)))
    if reason == "uploadLimitExceeded":
        return LimitReached(said, Network.YOUTUBE, _DAY.total_seconds())
    if reason in _WORDS:
        return Rejected(said, Network.YOUTUBE, "words")
    if reply.status in (401, 403):
        return NeedsLogin(said, Network.YOUTUBE)
    if 400 <= reply.status < 500 and reply.status not in (408, 409, 425, 429):
        return Rejected(said, Network.YOUTUBE, "other")
    return refused(Network.YOUTUBE, reply)


def _reason(said: object) -> str:
    error = said.get("error") if isinstance(said, Mapping) else None
    errors = error.get("errors") if isinstance(error, Mapping) else None
    first = errors[0] if isinstance(errors, list) and errors else None
    reason = first.get("reason") if isinstance(first, Mapping) else None
    return reason if isinstance(reason, str) and re.fullmatch(r"[A-Za-z]{1,64}", reason) else ""


def _until_midnight(here: datetime) -> float:
    """Seconds until the next day begins."""
    tomorrow = (here + _DAY).replace(hour=0, minute=0, second=0, microsecond=0)
    return (tomorrow - here).total_seconds()


def _title(said: object) -> str:
    """The name of the first channel in an answer."""
    try:
        return str(said["items"][0]["snippet"]["title"])  # type: ignore[index]  # whatever else it is has no name
    except (KeyError, IndexError, TypeError):
        return ""
