"""One order from top to bottom: enhance, write, speak, shoot, score, mix, cut.

Every line here is a step that is done once. Which of them are computed for a changed wish follows from what each
request holds, and from nothing else.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from pipeline.errors import NeedsLogin, Rejected, StorageError
from pipeline.media import accents, timeline
from pipeline.media.mp3 import encode_mp3
from pipeline.media.storyboard_sheet import storyboard_sheet
from pipeline.model import (
    NO_VOICE,
    Brief,
    Film,
    Filming,
    Finished,
    Format,
    Goal,
    Network,
    Order,
    Plate,
    Posted,
    Posting,
    Progress,
    ProofSheet,
    Quality,
    Reel,
    Retake,
    Score,
    Soundtrack,
    Speech,
    Stage,
    Storyboard,
    Take,
    Takes,
    Timeline,
    Wish,
)
from pipeline.ports import Compose, Cut, Enhance, Mix, Proof, Publish, Shoot, Speak, Write, view
from pipeline.progress import Meter
from pipeline.reading import facts_of
from pipeline.retakes import differing
from pipeline.shooting import Shooting
from pipeline.spoken import occurring
from pipeline.steps import Fallback, Steps

Watch = Callable[[Progress], None]

_AT_ONCE = 4  # shots that are waited for in a cloud at a time


@dataclass(frozen=True)
class Studio:
    """One chain of engines for each kind of step."""

    enhance: Fallback[Enhance, Plate]
    write: Fallback[Write, Storyboard]
    speak: Fallback[Speak, Speech]
    shoot: Fallback[Shoot, Take]  # with the cameras of this machine
    compose: Fallback[Compose, Score]
    mix: Fallback[Mix, Soundtrack]
    cut: Fallback[Cut, Reel]
    proof: Fallback[Proof, ProofSheet]
    foresee: Callable[[Shoot], Take]  # how a shot will be composed here, before it is
    film: Fallback[Shoot, Take] | None = (
        None  # for films that are ordered, cloud cameras first; previews are not paid for
    )
    quote: Callable[[Shoot], Filming | None] = lambda shot: None  # what a cloud camera takes for a shot, if it films it
    publish: Mapping[Network, Fallback[Publish, Posted]] = field(default_factory=dict)


async def make(order: Order, *, studio: Studio, steps: Steps, watch: Watch) -> Finished:
    """Make what an order asks for.

    Raises:
        FrameError: it cannot be made; what is done so far stays in the ledger.
    """
    if order.post is not None:
        posted = await _publish(order.post, studio=studio, steps=steps, meter=Meter(watch))
        return Finished(posted=posted, post=order.post)
    if order.goal is Goal.VOICE:
        return await _voice_sample(order.wish.brief, studio=studio, steps=steps)
    if order.goal is Goal.TAKES and order.retake is not None:
        return Finished(takes=await Production(order.wish, studio, steps, Meter(watch)).other_takes(order.retake))
    if order.goal is Goal.FILM:
        film = await Production(order.wish, studio, steps, Meter(watch)).film()
        return Finished(films=(film,))
    films = []
    for idea in range(order.variants):
        meter = Meter(watch, part=idea, parts=order.variants, variant=idea)
        wish = order.wish.model_copy(update={"idea": idea})
        films.append(await Production(wish, studio, steps, meter).preview())
    return Finished(films=tuple(films))


@dataclass(frozen=True)
class Draft:
    """A film that is decided in everything but its format."""

    plates: tuple[Plate, ...]
    storyboard: Storyboard
    takes: tuple[Take, ...]
    speech: Speech
    score: Score
    timeline: Timeline
    soundtrack: Soundtrack


@dataclass(frozen=True)
class Production:
    """The making of one film."""

    wish: Wish
    studio: Studio
    steps: Steps
    meter: Meter

    async def film(self) -> Film:
        """The finished film in every format that the brief's platforms need."""
        formats = tuple(dict.fromkeys(platform.aspect for platform in self.wish.brief.platforms))
        draft = await self._draft(formats[0] if self.studio.film else None)
        return await self._finish(draft, formats=formats, quality=Quality.FULL)

    async def preview(self) -> Film:
        """The film at preview size, in the format of the first platform."""
        first = self.wish.brief.platforms[0].aspect
        return await self._finish(await self._draft(), formats=(first,), quality=Quality.PREVIEW)

    async def other_takes(self, retake: Retake) -> Takes:
        """Takes of one shot that look otherwise, composed here and shown side by side. No clip is bought for it.

        Raises:
            StorageError: the film has no such shot any more.
        """
        brief, at = self.wish.brief, retake.shot
        plates = await self._enhance(brief)
        board = (await self._write(brief, plates)).edited(self.wish.edits)
        if not 0 <= at < len(board.shots):
            raise StorageError(f"there is no shot {at}")
        form = brief.platforms[0].aspect

        def foresee(number: int) -> Take:
            return self.studio.foresee(self._request(board, plates, at, take=number))

        present = await self._present(board, plates, at, form)
        beside = [one for one in (at - 1, at + 1) if 0 <= one < len(board.shots)]
        found = differing(
            foresee,
            after=max(self.wish.take(at), *retake.seen) if retake.seen else self.wish.take(at),
            shown=(present, *map(foresee, retake.seen)),
            beside=[self.studio.foresee(self._request(board, plates, one)) for one in beside],
        )
        picture = None
        if found.numbers:
            proof = self._proof(board, plates, at, form, takes=(present, *map(foresee, found.numbers)))
            async with asyncio.TaskGroup() as group:
                drawing = group.create_task(self.steps.once(self.studio.proof, proof))
                for number in found.numbers:  # the film that is made of one of them finds it done
                    request = self._request(board, plates, at, take=number)
                    group.create_task(self.steps.once(self.studio.shoot, request))
            picture = drawing.result().picture
        return Takes(
            shot=at,
            takes=found.numbers,
            picture=picture,
            more=found.more,
            filming=self.studio.quote(self._request(board, plates, at, form=form)),
        )

    async def _present(self, board: Storyboard, plates: tuple[Plate, ...], at: int, form: Format) -> Take:
        """The take of a shot that the film has; where a cloud was to film it and has not, the one composed here."""
        if self.studio.film is not None and at not in self.wish.composed:
            filmed = await self.steps.known(self.studio.film, self._request(board, plates, at, form=form))
            if filmed is not None:
                return filmed
        return await self.steps.once(self.studio.shoot, self._request(board, plates, at))

    async def _draft(self, form: Format | None = None) -> Draft:
        """All but the cuts; `form` is what cloud cameras film for, where they are to."""
        brief = self.wish.brief
        plates = await self._enhance(brief)
        storyboard = (await self._write(brief, plates)).edited(self.wish.edits)
        async with asyncio.TaskGroup() as group:
            speaking = group.create_task(self._speak(brief, storyboard))
            scoring = group.create_task(self._score(brief))
            shooting = group.create_task(self._shoot(storyboard, plates, form))
        speech, score, takes = speaking.result(), scoring.result(), shooting.result()
        clock = timeline.plan(storyboard, speech, score, seconds=brief.seconds, tone=brief.tone)
        sounds = accents.planned(storyboard.shots, clock, brief.tone)
        mix = Mix(speech=speech, score=score, timeline=clock, tone=brief.tone, accents=sounds)
        soundtrack = await self.steps.once(self.studio.mix, mix)
        return Draft(plates, storyboard, takes, speech, score, clock, soundtrack)

    async def _enhance(self, brief: Brief) -> tuple[Plate, ...]:
        total = len(brief.photos)
        self.meter.tell(Stage.ENHANCE, 0, total)
        plates = []
        for done, photo in enumerate(brief.photos, start=1):
            plates.append(await self.steps.once(self.studio.enhance, Enhance(photo=photo)))
            self.meter.tell(Stage.ENHANCE, done, total)
        return tuple(plates)

    async def _write(self, brief: Brief, plates: tuple[Plate, ...]) -> Storyboard:
        self.meter.tell(Stage.WRITE, 0, 1)
        labels = tuple(dict.fromkeys(word for plate in plates for word in plate.label))
        request = Write(
            plates=tuple(view(plate) for plate in plates),
            facts=facts_of(brief, labels),
            description=brief.description,
            language=brief.language,
            tone=brief.tone,
            seconds=brief.seconds,
            idea=self.wish.idea,
            spoken=brief.voice != NO_VOICE,
            handle=brief.brand.handle,
            closing_line=brief.brand.closing_line,
            used=self.wish.avoid,
        )
        storyboard = await self.steps.once(self.studio.write, request)
        self.meter.tell(Stage.WRITE, 1, 1)
        return storyboard

    async def _speak(self, brief: Brief, storyboard: Storyboard) -> Speech:
        lines = tuple(shot.spoken for shot in storyboard.shots)
        request = _speak(lines, brief)
        self.meter.tell(Stage.SPEAK, 0, len(lines))
        speech = await self.steps.once(
            self.studio.speak, request, lambda done, total, _: self.meter.tell(Stage.SPEAK, done, total)
        )
        self.meter.tell(Stage.SPEAK, len(lines), len(lines))
        return speech

    async def _score(self, brief: Brief) -> Score:
        request = Compose(tone=brief.tone, seconds=brief.seconds, choice=self.wish.music)
        score = await self.steps.once(self.studio.compose, request)
        self.meter.tell(Stage.SCORE, 1, 1)
        return score

    async def _shoot(self, storyboard: Storyboard, plates: tuple[Plate, ...], form: Format | None) -> tuple[Take, ...]:
        requests = [
            self._request(storyboard, plates, at, form=None if at in self.wish.composed else form)
            for at in range(len(storyboard.shots))
        ]
        shooting = Shooting(self._cameras, self.steps, self.meter, at_once=_AT_ONCE if self.studio.film else 1)
        takes = await shooting.all(requests)
        sheet = await storyboard_sheet(takes, self.steps.blobs)
        if sheet is not None:
            self.meter.tell(Stage.SHOOT, len(takes), len(takes), sheet)
        return takes

    def _cameras(self, request: Shoot) -> Fallback[Shoot, Take]:
        """What is filmed is so for a format; what is composed here is so for all of them."""
        return self.studio.film if self.studio.film and request.form else self.studio.shoot

    def _request(
        self,
        storyboard: Storyboard,
        plates: tuple[Plate, ...],
        at: int,
        *,
        take: int | None = None,
        form: Format | None = None,
    ) -> Shoot:
        """What a camera is asked for: a shot in the take that is wished for, or in another one."""
        shot = storyboard.shots[at]
        return Shoot(
            shot=shot,
            earlier=tuple(one.cue for one in storyboard.shots[:at]),
            plate=plates[shot.photo],
            others=tuple(plate for other, plate in enumerate(plates) if other != shot.photo),
            tone=self.wish.brief.tone,
            idea=self.wish.idea,
            take=self.wish.take(at) if take is None else take,
            form=form,
        )

    def _proof(
        self, storyboard: Storyboard, plates: tuple[Plate, ...], at: int, form: Format, *, takes: tuple[Take, ...]
    ) -> Proof:
        brief, shot = self.wish.brief, storyboard.shots[at]
        return Proof(
            format=form,
            tone=brief.tone,
            language=storyboard.language,
            shot=shot,
            index=at,
            takes=tuple(take.model_copy(update={"thumbnail": None}) for take in takes),
            plates=plates,
            sayings=occurring(brief.sayings, (shot.spoken,)),
            name=brief.name,
            price=brief.price.shown if brief.price else "",
            call_to_action=storyboard.call_to_action,
            brand=brief.brand,
        )

    async def _finish(self, draft: Draft, *, formats: tuple[Format, ...], quality: Quality) -> Film:
        reels = []
        for at, form in enumerate(formats):
            reels.append(await self._cut(draft, form, quality=quality, at=at, of=len(formats)))
        return Film(
            wish=self.wish,
            storyboard=draft.storyboard,
            takes=draft.takes,
            speech=draft.speech,
            score=draft.score,
            timeline=draft.timeline,
            soundtrack=draft.soundtrack,
            reels=tuple(reels),
            steps=tuple(self.steps.records),
        )

    async def _cut(self, draft: Draft, form: Format, *, quality: Quality, at: int, of: int) -> Reel:
        brief = self.wish.brief
        request = Cut(
            format=form,
            quality=quality,
            tone=brief.tone,
            language=draft.storyboard.language,
            shots=draft.storyboard.shots,
            takes=draft.takes,
            plates=draft.plates,
            speech=draft.speech,
            timeline=draft.timeline,
            soundtrack=draft.soundtrack,
            name=brief.name,
            price=brief.price.shown if brief.price else "",
            call_to_action=draft.storyboard.call_to_action,
            title=draft.storyboard.post.title,
            brand=brief.brand,
            music_credit=draft.score.title,
        )
        reel = await self.steps.once(
            self.studio.cut,
            request,
            lambda done, total, picture: self.meter.tell(
                Stage.CUT, at + 1, of, picture, share=(at + done / total) / of
            ),
        )
        self.meter.tell(Stage.CUT, at + 1, of)
        return reel


async def _publish(post: Posting, *, studio: Studio, steps: Steps, meter: Meter) -> Posted:
    """Post the very files and words that were confirmed; the film is not looked at again, let alone made.

    Raises:
        PublishError: it was not posted, or nobody can say.
    """
    network = post.platform.network
    if network is None or network not in studio.publish:
        raise NeedsLogin(f"{post.platform} is not connected here", network or post.platform)
    request = Publish(**{name: value for name, value in post if name != "name"})
    meter.tell(Stage.PUBLISH, 0, 100)
    step = partial(
        steps.once, studio.publish[network], request, lambda done, total, _: meter.tell(Stage.PUBLISH, done, total)
    )
    try:
        posted = await step()
    except asyncio.CancelledError:
        if not steps.given_up:
            raise
        posted = await step()  # which begins nothing now, and tells what an earlier try may have done
    if posted.refusal:
        raise Rejected(f"{network} refused it: {posted.refusal}", network, posted.refusal)
    meter.tell(Stage.PUBLISH, 100, 100)
    return posted


def _speak(lines: tuple[str, ...], brief: Brief) -> Speak:
    return Speak(
        lines=lines,
        language=brief.language,
        voice=brief.voice,
        tone=brief.tone,
        seconds=brief.seconds,
        sayings=occurring(brief.sayings, lines),
    )


async def _voice_sample(brief: Brief, *, studio: Studio, steps: Steps) -> Finished:
    """A voice reading the first thing that the seller wrote."""
    own_words = [fact.text for fact in facts_of(brief, ()) if fact.kind in ("name", "point")]
    line = ". ".join(own_words[:2])
    request = _speak((line,), brief)
    speech = await steps.once(studio.speak, request)
    audio = speech.lines[0].audio
    if audio is None:
        return Finished()
    mp3 = await asyncio.to_thread(encode_mp3, await steps.blobs.open(audio))
    return Finished(sample=await steps.blobs.put_bytes(mp3, "audio/mpeg"))
