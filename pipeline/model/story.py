"""What is known of a product: its photos, its facts, and the story told of them."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pipeline.model.brief import WordEdit
from pipeline.model.value import Artifact, Box, Value

HEADLINE_LETTERS = 60  # of a seller's line, beyond which it is a caption only


class Plate(Value):
    """A photo made ready for filming."""

    photo: Artifact  # the enhanced whole photo: upright sRGB, JPEG
    width: int
    height: int
    cutout: Artifact | None  # RGBA PNG cropped to `product`; None where the mask is not to be trusted
    product: Box  # where the product is in `photo`; the whole frame when unknown
    details: tuple[Box, ...]  # crops worth a close-up, best first, none overlapping much
    palette: tuple[str, ...]  # the product's own accent colours, "#rrggbb", strongest first; never empty
    ground: str  # mean colour around the product, "#rrggbb"
    plain_ground: bool  # True for packshots on an even ground
    light: float  # direction the light comes from, degrees, 0 = from the right, 90 = from above
    sharpness: float  # variance of the Laplacian at 1000 px, for choosing
    label: tuple[str, ...] = ()  # words read on the product (OCR), as printed
    notes: tuple[str, ...] = ()  # what was found: "blurred", "dark", "low_resolution", "no_cutout"


class Fact(Value):
    """Something the film may say, and where it is from."""

    id: str  # "name", "price", "p1", "p2" … "label1"
    kind: Literal["name", "price", "point", "label"]
    text: str  # verbatim
    source: Literal["seller", "photo"]
    span: tuple[int, int] | None = None  # character range in the seller's description


class Intent(StrEnum):
    """What a shot is for."""

    HOOK = "hook"
    HERO = "hero"
    DETAIL = "detail"
    POINT = "point"
    COMPARE = "compare"
    PRICE = "price"
    CARD = "card"


class Cue(Value):
    """What a shot is for, without its words."""

    intent: Intent
    photo: int  # index into the brief's photos
    named: bool  # whether it names or prices the product, whose colours have to be true then


class Shot(Value):
    """One shot of a storyboard: what it shows, says and writes."""

    intent: Intent
    photo: int  # index into the brief's photos
    spoken: str = ""  # what the voice says during the shot; captions show these words
    shown: str = ""  # headline set on the picture, if any
    facts: tuple[str, ...] = ()  # ids of the facts that `spoken` and `shown` use
    bank: tuple[str, ...] = ()  # ids of the phrase-bank entries used
    seconds: float = 2.5  # planned length; the timeline settles it

    @property
    def cue(self) -> Cue:
        """The shot without its words."""
        named = "name" in self.facts or "price" in self.facts or self.intent in (Intent.HERO, Intent.PRICE)
        return Cue(intent=self.intent, photo=self.photo, named=named)


class PostPack(Value):
    """The words to post with the film."""

    title: str
    caption: str
    hashtags: tuple[str, ...] = ()


class Storyboard(Value):
    """The plan of a film; the last shot is the end card."""

    idea: str  # the hook's kind: "question", "contrast", "number", "sensory", "occasion", "reveal"
    language: str
    shots: tuple[Shot, ...]
    call_to_action: str
    post: PostPack
    facts: tuple[Fact, ...]

    def edited(self, edits: tuple[WordEdit, ...]) -> Storyboard:
        """The storyboard with the seller's own wording put in.

        The headline of an opening repeats what is said there, so it goes with it: the film would contradict itself.
        """
        shots = list(self.shots)
        for edit in edits:
            if 0 <= edit.shot < len(shots):
                shot = shots[edit.shot]
                words = {k: v for k, v in (("spoken", edit.spoken), ("shown", edit.shown)) if v is not None}
                opening = shot.intent is Intent.HOOK and shot.shown and shot.shown.rstrip(".!?…") in shot.spoken
                if opening and edit.shown is None and edit.spoken is not None:
                    words["shown"] = edit.spoken if len(edit.spoken) <= HEADLINE_LETTERS else ""
                shots[edit.shot] = shot.model_copy(update=words)
        return self.model_copy(update={"shots": tuple(shots)})
