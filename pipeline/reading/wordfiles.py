"""A file of words, checked when it is read: what is wrong in it is told by file and key."""

from __future__ import annotations

import re
import tomllib
from typing import Annotated, TypeAlias, TypeVar

from pydantic import AfterValidator, ValidationError

from pipeline.model import Value

Known = TypeVar("Known", bound=Value)


def checked(kind: type[Known], *, name: str, text: str) -> Known:
    """A value from the text of its file (TOML).

    Raises:
        ValueError: what it says is not as it should be; the message names the file and the key.
    """
    try:
        return kind.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{name}: {error}") from error
    except ValidationError as error:
        wrong = (f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise ValueError(f"{name}: {'; '.join(wrong)}") from error


def _single(words: frozenset[str]) -> frozenset[str]:
    wrong = sorted(word for word in words if not word or word != word.lower() or re.search(r"\s", word))
    if wrong:
        raise ValueError(f"{', '.join(wrong)}: single words in small letters are wanted")
    return words


Words: TypeAlias = Annotated[frozenset[str], AfterValidator(_single)]
