"""What every value of FRAME has in common, and the two that all others use."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A frozen value; equal content is equal value, and its JSON is canonical enough to hash."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Artifact(Value):
    """A file named by its content."""

    sha256: str
    media_type: str


class Box(Value):
    """A rectangle in fractions (0..1) of the image it belongs to; x and y are its top-left corner."""

    x: float
    y: float
    w: float
    h: float
