"""Reads what is printed on a product."""

from __future__ import annotations

import threading
import unicodedata
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]

_SURE = 0.92
_SIDE = 800  # px at which words are looked for
_MOST = 8


class Reader:
    """RapidOCR, loaded at the first use; one reading at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._engine: Any = None  # RapidOCR has no types

    def read(self, rgb: Pixels) -> tuple[str, ...]:
        """The words printed there, as printed, the surest first; only those read with certainty."""
        share = min(1.0, _SIDE / max(rgb.shape[:2]))
        if share < 1:
            rgb = np.asarray(cv2.resize(rgb, None, fx=share, fy=share, interpolation=cv2.INTER_AREA), np.uint8)
        with self._lock:
            found = self._loaded()(np.ascontiguousarray(rgb[..., ::-1]))  # it expects BGR
        words: dict[str, str] = {}
        for text, score in sorted(zip(found.txts or (), found.scores or (), strict=True), key=lambda pair: -pair[1]):
            clean = " ".join(unicodedata.normalize("NFC", text).split())
            if score > _SURE and sum(c.isalnum() for c in clean) >= 2:
                words.setdefault(clean.casefold(), clean)
        return tuple(words.values())[:_MOST]

    def _loaded(self) -> Any:
        if self._engine is None:
            from rapidocr import RapidOCR  # a second of imports that films without photos of labels can do without

            self._engine = RapidOCR(
                params={
                    "Global.log_level": "critical",
                    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
                    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
                }
            )
        return self._engine
