"""From what is written to what is said: prices, units, numbers, addresses and abbreviations, language by language."""

from pipeline.spoken.chunks import Chunk, speakable

__all__ = ["Chunk", "speakable"]
