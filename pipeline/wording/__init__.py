"""The words that FRAME itself brings: phrase banks, and the proof of where every word of a film comes from."""
