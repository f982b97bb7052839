"""From what is written to what is said: prices, units, numbers, addresses and abbreviations, language by language."""

from pipeline.spoken.chunks import Chunk, speakable
from pipeline.spoken.sayings import occurring

__all__ = ["Chunk", "occurring", "speakable"]
