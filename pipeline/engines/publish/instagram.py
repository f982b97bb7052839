"""Instagram: a Reel is put into a container, and the container is published: once, whoever asks how often."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import httpx
from pydantic import BaseModel, SecretStr

from pipeline.accounts import Standing
from pipeline.engines.http import retry_after
from pipeline.engines.publish.calls import (
    BRIEF,
    ONE_ANSWER,
    SENT,
    Calls,
    bits_of,
    live_on,
    not_begun,
    reaching,
    recalled,
    refused,
    size_of,
    to_its_answer,
)
from pipeline.engines.publish.login import FixedLogin
from pipeline.engines.web import Reply, belongs
from pipeline.errors import (
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
from pipeline.posting import body

_HOME = "https://graph.facebook.com"
_VERSION = "v24.0"
_HOUR, _DAY = 3600.0, 86_400.0
_ID = re.compile(r"\d{3,32}")
_CODE = re.compile(r"\b(22070\d\d)\b")

_NO_LOGIN = frozenset({10, 102, 190, *range(200, 300)})
_BUSY = frozenset({4, 17, 32, 613, 80002})
_TRANSIENT = frozenset({-2, -1, 1, 2})
_LIMITED = 2207042
_RESTRICTED = frozenset({2207050, 2207081})
_SPAM = 2207051
_DONE = frozenset({"FINISHED", "PUBLISHED"})  # with a film
# What is wrong with the film or its words, and stays wrong however often it is sent.
_REFUSALS = {
    2207010: "words",  # the caption is too long
    2207004: "file",
    2207005: "file",
    2207009: "file",
    2207023: "file",
    2207026: "file",
    2207057: "file",
}


class _Memory(BaseModel):
    """How far a post has come. `publishing`: the container was published, or is about to be."""

    container: str = ""
    uri: str = ""
    sent: bool = False
    publishing: bool = False
    media: str = ""


class Instagram:
    """Posts films as Reels to a professional account.

    Args:
        token: long-lived access token with the right to publish.
        user: id of the Instagram account.
        address: of a server with the same API; None for Meta's own.
        limit: seconds to wait for Instagram's work on the film.
        pause: seconds between two looks at it.
    """

    def __init__(
        self, token: SecretStr, user: str, *, address: str | None = None, limit: float = 600.0, pause: float = 4.0
    ) -> None:
        self._home = (address or _HOME).rstrip("/")
        self._user = user
        self._login = FixedLogin(Network.INSTAGRAM, token)
        self._limit = limit
        self._pause = pause

    @property
    def name(self) -> str:
        """It never changes: a post that another version made is a post."""
        return "instagram"

    async def run(self, request: Publish, bench: Bench) -> Posted:
        """Post a film, or go on with posting it.

        Raises:
            EngineError: another try may do.
            PublishError: it was not posted, or nobody can say.
        """
        film = await bench.open(request.video)
        try:
            async with reaching(Network.INSTAGRAM, self._login, bench.logins) as calls:
                reel = _Reel(_Graph(calls, self._home, self._user), request, bench, film)
                return await reel.done(limit=self._limit, pause=self._pause)
        except _Refused as refusal:
            return Posted(id="", state=Visibility.NOBODY, refusal=refusal.reason)

    async def standing(self, logins: Logins) -> Standing:
        """Who the account is and whether Reels may be posted there; nothing is posted."""
        async with reaching(Network.INSTAGRAM, self._login, logins) as calls:
            graph = _Graph(calls, self._home, self._user)
            name = (await graph.ask("GET", f"{self._user}?fields=username")).get("username")
            try:
                await graph.limit()
            except NeedsLogin:
                return Standing(network=Network.INSTAGRAM, name=str(name or ""), lacks="instagram_content_publish")
        return Standing(network=Network.INSTAGRAM, name=str(name or ""))


@dataclass(frozen=True)
class _Graph:
    """The Graph API, asked about one account."""

    calls: Calls
    home: str
    user: str

    async def ask(self, method: str, path: str, content: Mapping[str, object] | None = None) -> Mapping[str, object]:
        """What it answers.

        Raises:
            EngineError: another try may do.
            PublishError: it will not.
        """
        url = f"{self.home}/{_VERSION}/{path}"
        reply = await (self.calls("GET", url) if method == "GET" else self.calls("POST", url, content=content))
        said = reply.content()
        if reply.status != 200:
            raise _failure(reply)
        if not isinstance(said, Mapping):
            raise EngineUnavailable("Instagram answered something else")
        return said

    async def limit(self) -> None:
        """See that the account may post today.

        Raises:
            LimitReached: it has posted as much as it may.
        """
        said = await self.ask("GET", f"{self.user}/content_publishing_limit?fields=config,quota_usage")
        rows = said.get("data")
        row = rows[0] if isinstance(rows, list) and rows and isinstance(rows[0], Mapping) else {}
        config = row.get("config")
        total = config.get("quota_total") if isinstance(config, Mapping) else None
        used = row.get("quota_usage")
        if isinstance(total, int) and isinstance(used, int) and used >= total:
            raise LimitReached(f"{used} posts of {total}", Network.INSTAGRAM, _DAY)


@dataclass
class _Reel:
    """One film on its way."""

    graph: _Graph
    request: Publish
    bench: Bench
    film: Path
    memory: _Memory = field(default_factory=_Memory)

    async def done(self, *, limit: float, pause: float) -> Posted:
        """See to it that the Reel is on Instagram."""
        self.memory = recalled(_Memory, await self.bench.task())
        if not self.memory.media:
            not_begun(self.bench, Network.INSTAGRAM, perhaps=self.memory.publishing)
            try:
                await self._post(limit=limit, pause=pause)
            except asyncio.CancelledError:
                if not (self.bench.given_up and self.memory.publishing):
                    raise
                live_on()
                raise MaybePosted("stopped while it was being posted", Network.INSTAGRAM) from None
        return Posted(id=self.memory.media, address=await self._address(), state=Visibility.PUBLIC)

    async def _post(self, *, limit: float, pause: float) -> None:
        status = "IN_PROGRESS" if not self.memory.container and await self._begin() else await self._status()
        if status == "IN_PROGRESS" and not self.memory.sent:
            await self._send()
        status = await self._processed(status, limit=limit, pause=pause)
        await (self._find() if status == "PUBLISHED" else self._publish())

    async def _begin(self) -> bool:
        """Make a container. One whose answer is lost is seen by nobody and is gone in a day."""
        await self.graph.limit()
        wish = {
            "media_type": "REELS",
            "upload_type": "resumable",
            "caption": body(self.request.caption, self.request.hashtags),
            "share_to_feed": True,
        }
        said = await self.graph.ask("POST", f"{self.graph.user}/media", wish)
        container, uri = str(said.get("id") or ""), str(said.get("uri") or "")
        if not _ID.fullmatch(container) or not belongs(uri, "facebook.com", home=self.graph.home):
            raise EngineUnavailable("Instagram named no place to upload to")
        written = await self.bench.claim(_Memory(container=container, uri=uri).model_dump_json())
        self.memory = recalled(_Memory, written)
        if self.memory.container != container:
            raise EngineUnavailable("another try posts this film")  # and this one goes on with what that has begun
        return True

    async def _status(self) -> str:
        """How the container is.

        Raises:
            MaybePosted: it is gone, and may have been published before.
            Rejected: the film was looked at and will not do.
        """
        try:
            said = await self.graph.ask("GET", f"{self.memory.container}?fields=status_code,status")
        except Rejected:
            if self.memory.publishing:
                raise MaybePosted("the container is gone", Network.INSTAGRAM) from None
            return await self._anew("Instagram does not know the upload any more")
        status = str(said.get("status_code") or "")
        if status == "EXPIRED":  # published ones never are
            return await self._anew("the upload has expired")
        if status == "ERROR":
            found = _CODE.search(str(said.get("status") or ""))
            reason = _REFUSALS.get(int(found[1])) if found else None
            if reason is not None:
                raise _Refused(reason)
            return await self._anew(f"Instagram could not process the film {found[1] if found else ''}".rstrip())
        return status

    async def _anew(self, why: str) -> str:
        await self.bench.remember("")
        raise EngineUnavailable(why)

    async def _send(self) -> None:
        size = await asyncio.to_thread(size_of, self.film)
        at = await self._received()
        if at < size:
            headers = {"offset": str(at), "file_size": str(size), "content-length": str(size - at)}
            reply = await self.graph.calls(
                "POST",
                self.memory.uri,
                data=lambda: bits_of(self.film, at, lambda sent: self.bench.progress(SENT * sent // size, 100)),
                headers=headers,
                scheme="OAuth",
            )
            said = reply.content()
            if reply.status != 200 or not isinstance(said, Mapping) or said.get("success") is not True:
                raise _upload_failure(reply)
        await self._remember(sent=True)

    async def _received(self) -> int:
        """How many bytes Instagram has; none where it does not say."""
        reply = await self.graph.calls("GET", self.memory.uri, scheme="OAuth")
        said = reply.content()
        offset = said.get("offset") if reply.status == 200 and isinstance(said, Mapping) else 0
        return offset if isinstance(offset, int) and offset >= 0 else 0

    async def _processed(self, status: str, *, limit: float, pause: float) -> str:
        """The status of the container once Instagram is done with the film.

        Raises:
            StillProcessing: that takes too long.
        """
        self.bench.progress(SENT, 100)
        try:
            async with asyncio.timeout(limit):
                while status not in _DONE:
                    self.bench.progress(SENT + 5, 100)
                    status = await self._status()
                    await asyncio.sleep(0 if status in _DONE else pause)
        except TimeoutError:
            raise StillProcessing(f"not processed within {limit:g} s", Network.INSTAGRAM) from None
        return status

    async def _publish(self) -> None:
        await self._remember(publishing=True)
        await to_its_answer(self._published(), self.bench, Network.INSTAGRAM)

    async def _published(self) -> None:
        """Publish the container: Instagram does that once, so asking again after a lost answer is harmless."""
        said = await self.graph.ask("POST", f"{self.graph.user}/media_publish", {"creation_id": self.memory.container})
        media = str(said.get("id") or "")
        if not _ID.fullmatch(media):
            raise EngineUnavailable("Instagram answered something else")
        await self._remember(media=media)

    async def _find(self) -> None:
        """The Reel of a container that was published while the answer was lost: the newest with these words."""
        said = await self.graph.ask("GET", f"{self.graph.user}/media?fields=id,caption&limit=25")
        rows = said.get("data")
        words = body(self.request.caption, self.request.hashtags)
        for row in rows if isinstance(rows, list) else []:
            if isinstance(row, Mapping) and row.get("caption") == words and _ID.fullmatch(str(row.get("id"))):
                await self._remember(media=str(row.get("id")))
                return
        await self._remember(media=self.memory.container)  # it is there; only its address is not known

    async def _address(self) -> str:
        """Where the Reel is; "" when that cannot be found out now, which makes it no less posted."""
        try:
            async with asyncio.timeout(BRIEF if self.bench.given_up else ONE_ANSWER):
                said = await self.graph.ask("GET", f"{quote(self.memory.media)}?fields=permalink")
        except (httpx.HTTPError, EngineError, PublishError, TimeoutError):
            return ""
        link = str(said.get("permalink") or "")
        return link if belongs(link, "instagram.com", home=_HOME) else ""

    async def _remember(self, **fields: object) -> None:
        self.memory = self.memory.model_copy(update=fields)
        await self.bench.remember(self.memory.model_dump_json())


class _Refused(Exception):
    """Instagram looked at the film and will not have it: that is an answer, and final."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def _failure(reply: Reply) -> EngineError | PublishError:
    """What an answer of Meta's that is no success means; only its codes are read, its words quote the request."""
    code, sub = _codes(reply.content())
    said = f"Instagram answered {reply.status} {code}/{sub}"
    if code in _NO_LOGIN or reply.status == 401:
        return NeedsLogin(said, Network.INSTAGRAM)
    if sub in (_LIMITED, _SPAM, *_RESTRICTED):
        return _of_account(sub, said)
    if sub in _REFUSALS:
        return Rejected(said, Network.INSTAGRAM, _REFUSALS[sub])
    if code in _BUSY or reply.status == 429:
        return LimitReached(said, Network.INSTAGRAM, retry_after(reply.headers) or _HOUR)
    if code in _TRANSIENT or reply.status >= 500:
        return EngineUnavailable(said)
    if 400 <= reply.status < 500 and reply.status not in (408, 409, 425):
        return Rejected(said, Network.INSTAGRAM, "other")
    return refused(Network.INSTAGRAM, reply)


def _of_account(sub: int, said: str) -> PublishError:
    if sub == _LIMITED:
        return LimitReached(said, Network.INSTAGRAM, _DAY)
    return Rejected(said, Network.INSTAGRAM, "spam" if sub == _SPAM else "account")


def _upload_failure(reply: Reply) -> EngineError | PublishError:
    """The same of the server that takes films, which has errors of another shape."""
    said = reply.content()
    found = said.get("debug_info") if isinstance(said, Mapping) else None
    kind = found.get("type") if isinstance(found, Mapping) else None
    if kind == "NotAuthorizedError":
        return NeedsLogin("Instagram does not take the access token", Network.INSTAGRAM)
    if reply.status == 200 or (isinstance(found, Mapping) and found.get("retriable") is True):
        return EngineUnavailable(f"Instagram answered an upload with {reply.status}")
    if 400 <= reply.status < 500 and kind:
        return Rejected(f"Instagram answered an upload with {reply.status}", Network.INSTAGRAM, "file")
    return refused(Network.INSTAGRAM, reply)


def _codes(said: object) -> tuple[int, int]:
    error = said.get("error") if isinstance(said, Mapping) else None
    found = [error.get(name) if isinstance(error, Mapping) else None for name in ("code", "error_subcode")]
    code, sub = (one if isinstance(one, int) else 0 for one in found)
    return code, sub
