"""Where a conversation stands: one frozen value for each chat, kept as JSON.

`script.advance(session, event)` gives the next session and the effects. Events are in `events`, effects in `effects`,
what is shown in `cards`.

Several cards with buttons are live side by side: the question of the order that is being put together, an aside
(settings, history …), each running job, each film. Every one has its own `turn`; a button counts while its turn is that
of its card.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from bot.dialogue.cards import Phrase
from bot.dialogue.effects import Effect
from bot.dialogue.events import PastTitle
from bot.dialogue.profile import Profile
from pipeline.model import (
    AUTO_VOICE,
    Account,
    Artifact,
    Filming,
    Format,
    Goal,
    Platform,
    Posted,
    Posting,
    PostPack,
    Price,
    Tone,
    Value,
    Wish,
)

MAX_PHOTOS = 10
KEPT_FILMS = 12  # films whose buttons work; older ones come back through /films


class Step(StrEnum):
    """The questions of an order, in their order. IDLE: no order is being put together."""

    IDLE = "idle"
    PHOTOS = "photos"
    PRODUCT = "product"
    CHECK = "check"
    NAME = "name"
    PRICE = "price"
    POINTS = "points"
    LANGUAGE = "language"
    TONE = "tone"
    VOICE = "voice"
    PLATFORMS = "platforms"
    LENGTH = "length"
    REVIEW = "review"


class SentPhoto(Value):
    """A photo of the order."""

    photo: Artifact
    notes: tuple[str, ...] = ()
    look: str = ""
    place: int = 0  # grows in the order in which the photos were sent; 0 when that is not known


class Caption(Value):
    """What was written under a photo, and the photo's place."""

    text: str
    place: int


class Draft(Value):
    """The order as far as it is put together."""

    number: int = 0
    photos: tuple[SentPhoto, ...] = ()
    album: int = 0  # number of the message that counts the photos
    remarks: tuple[Phrase, ...] = ()  # on photos that were not taken
    name: str = ""
    description: str = ""
    price: Price | None = None
    language: str = ""  # "" until it is known
    tone: Tone = Tone.CALM
    voice: str = AUTO_VOICE
    platforms: tuple[Platform, ...] = ()  # none until they are chosen or passed over
    seconds: int = 15
    avoid: tuple[str, ...] = ()
    wrong: bool = False  # the seller says that the product was misunderstood: what is told next takes its place
    captions: tuple[Caption, ...] = ()  # from which alone name, price and description come; none when more was told

    @property
    def described(self) -> bool:
        """Whether the seller has said anything about the product."""
        return bool(self.name or self.description or self.price)


class Topic(StrEnum):
    """What an aside is about."""

    RESTART = "restart"
    DOUBT = "doubt"
    FILMS = "films"
    SETTINGS = "settings"
    UI_LANGUAGE = "ui_language"
    HANDLE = "handle"
    CLOSING_LINE = "closing_line"
    COLOURS = "colours"
    LOGO = "logo"
    SAYINGS = "sayings"
    WORDS = "words"
    HEADLINE = "headline"
    DELETE = "delete"
    DELETE_SURELY = "delete_surely"


class Aside(Value):
    """Something that is talked about beside the order; what is typed meanwhile belongs to it."""

    topic: Topic
    turn: int
    slot: str
    film: int = 0  # for WORDS and HEADLINE
    shot: int = 0
    doubtful: tuple[SentPhoto, ...] = ()  # for DOUBT
    films: tuple[PastTitle, ...] = ()  # for FILMS


class Run(Value):
    """A job under way. `job` is empty until it is accepted."""

    number: int
    turn: int
    goal: Goal
    wish: Wish
    film: int = 0  # what it is for; 0 for a voice preview
    job: str = ""
    stopping: bool = False
    post: Posting | None = None  # what is being posted, when that is the goal


class ShotWords(Value):
    """What a shot says and shows, for the seller to change."""

    spoken: str
    shown: str


class Menu(StrEnum):
    """What the buttons under a film show."""

    IDEAS = "ideas"  # there are only previews yet
    MAIN = "main"
    SHOTS = "shots"
    TAKES = "takes"  # of one shot, to choose from
    WORDS = "words"
    VOICE = "voice"
    PLATFORMS = "platforms"
    PUBLISH = "publish"
    CONFIRM = "confirm"  # what would be posted


class Postable(Value):
    """A film in one shape, as it could be posted."""

    format: Format
    video: Artifact
    cover: Artifact


class Sent(Value):
    """A film that was posted, and what came of it."""

    post: Posting
    posted: Posted


class Offer(Value):
    """Other takes of a shot that are shown to choose from, or are being composed."""

    shot: int
    waiting: int = 0  # number of the run that composes the next ones; 0 when none does
    job: str = ""  # that composed those shown
    takes: tuple[int, ...] = ()  # B, C …; A is the take that the film has
    seen: tuple[int, ...] = ()  # all that were shown
    picture: Artifact | None = None
    more: bool = False
    filming: Filming | None = None
    seconds: float | None = None  # that the film with another take will take


class Project(Value):
    """A film, from the choice of its idea through all its changes."""

    number: int
    wish: Wish  # the newest one asked for
    shown: Wish | None = None  # the one that the chat shows
    undo: tuple[Wish, ...] = ()  # those that were shown before
    undo_jobs: tuple[str, ...] = ()  # that made them: what is named here is kept
    turn: int = 0
    slot: str = ""  # of the card with its buttons
    menu: Menu = Menu.IDEAS
    pressed: tuple[str, ...] = ()  # buttons of this turn that were pressed already
    ideas: int = 0  # offered so far
    job: str = ""  # that made what is shown
    goal: Goal = Goal.PREVIEWS  # of that job
    title: str = ""
    shots: tuple[ShotWords, ...] = ()  # empty while there are only previews
    post: PostPack | None = None  # shown last
    post_job: str = ""  # with which it was shown
    offer: Offer | None = None  # of other takes of a shot
    words: PostPack | None = None  # those of the film that is shown
    reels: tuple[Postable, ...] = ()  # of the film that is shown
    synthetic: bool = False  # whether AI made some of its pixels
    confirming: Platform | None = None  # where it would be posted
    posts: tuple[Sent, ...] = ()


class Session(Value):
    """The whole state of one chat's conversation."""

    version: Literal[1] = 1
    seed: str = ""  # tells this conversation from an earlier one of the same chat
    seller: str = ""
    locale: str = "en"  # the language of phrases
    profile: Profile = Profile()
    step: Step = Step.IDLE
    correcting: bool = False  # the step was opened from the review card and leads back to it
    hurried: bool = False  # make it without asking further: "same style as last time"
    draft: Draft = Draft()
    turn: int = 0  # of the question
    asked: int = 0  # number of the message with the question
    count: int = 0  # gives numbers to turns, slots, runs and films
    aside: Aside | None = None
    runs: tuple[Run, ...] = ()
    films: tuple[Project, ...] = ()
    kept_days: int = 0  # that a film is kept since it was last used, by the settings; 0 for ever
    accounts: tuple[Account, ...] = ()  # that this seller may post to; known anew with every event
    event: str = ""  # id of the event handled last
    owed: tuple[Effect, ...] = ()  # its effects that are not done yet

    def film(self, number: int) -> Project | None:
        """A film by its number."""
        return next((film for film in self.films if film.number == number), None)

    def run(self, number: int) -> Run | None:
        """A run by its number."""
        return next((run for run in self.runs if run.number == number), None)

    def run_of(self, job: str) -> Run | None:
        """A run by its job."""
        return next((run for run in self.runs if run.job == job), None)

    @property
    def free(self) -> bool:
        """Whether nobody is in the middle of anything here."""
        return self.step is Step.IDLE and self.aside is None and not self.runs

    @property
    def untouched(self) -> bool:
        """Whether nothing was ever asked or made here: what buttons there are belong to a conversation before it."""
        return self.turn == 0 and self.aside is None and not self.films and not self.runs

    @property
    def film_language(self) -> str:
        """The language of the film that is being put together; the seller's own until another is chosen."""
        return self.draft.language or self.locale
