"""How far a production is, as one number that only grows."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.model import Artifact, Progress, Stage

# Mean shares of a whole order's time (two previews, one film) over reference orders of one to four photos and one or
# two formats, on two busy cores; the mix is counted with the cut.
_SHARES = {
    Stage.ENHANCE: 0.08,
    Stage.WRITE: 0.01,
    Stage.SPEAK: 0.18,
    Stage.SCORE: 0.02,
    Stage.SHOOT: 0.07,
    Stage.CUT: 0.64,
    Stage.PUBLISH: 1.0,  # by itself: what is posted was made before
}


class Meter:
    """Adds up the stages of one production; `part` of `parts` when a job makes several."""

    def __init__(
        self, watch: Callable[[Progress], None], *, part: int = 0, parts: int = 1, variant: int | None = None
    ) -> None:
        self._watch = watch
        self._part, self._parts, self._variant = part, parts, variant
        self._stages: dict[Stage, float] = {}
        self._fraction = 0.0

    def tell(
        self, stage: Stage, done: int, total: int, picture: Artifact | None = None, *, share: float | None = None
    ) -> None:
        """A stage is at `done` of `total`; `share` (0..1) says how far that is, where parts take long."""
        if share is None:
            share = done / total if total else 1.0
        self._stages[stage] = max(self._stages.get(stage, 0.0), share)
        own = sum(_SHARES[known] * share for known, share in self._stages.items())
        self._fraction = max(self._fraction, (self._part + min(own, 1.0)) / self._parts)
        self._watch(
            Progress(
                stage=stage,
                done=done,
                total=total,
                fraction=round(self._fraction, 4),
                picture=picture,
                variant=self._variant,
            )
        )
