"""Posting a film: whose account, which words, who will see it, and what became of it."""

from __future__ import annotations

from enum import StrEnum

from pipeline.model.brief import Network, Platform
from pipeline.model.value import Artifact, Value


class Visibility(StrEnum):
    """Who sees a post."""

    PUBLIC = "public"
    UNLISTED = "unlisted"
    PRIVATE = "private"
    DRAFT = "draft"  # waits in the account's own inbox, for somebody to post it
    NOBODY = "nobody"  # the network took it, looked at it and refused it


class Account(Value):
    """An account of this installation's, and who sees what is posted there."""

    network: Network
    id: str  # stays when the account gets another name here, or logs in anew
    visibility: Visibility
    name: str = ""  # as sellers know it; "" where nobody gave it one


class Posting(Value):
    """A film that a seller wants posted: exactly the files and the words that they were shown."""

    platform: Platform
    account: str  # its id
    name: str
    visibility: Visibility
    video: Artifact
    cover: Artifact
    title: str
    caption: str
    hashtags: tuple[str, ...]
    language: str
    synthetic: bool  # whether AI made some of its pixels


class Posted(Value):
    """What became of a post."""

    id: str  # the network's own
    address: str = ""  # "" where there is nothing to open
    state: Visibility
    refusal: str = ""  # why nobody sees it: one of the reasons of `Rejected`
