"""Where a finished film can be posted, with which words, and how that and what came of it look."""

from __future__ import annotations

from bot.dialogue.cards import Button, Card, CopyButton, Drawn, LinkButton, Phrase, Rows, Scope, Verb, Weight, phrase
from bot.dialogue.session import Menu, Project, Sent
from bot.dialogue.talk import GAP, button, in_rows
from pipeline.model import Account, Network, Platform, Posted, Posting, Visibility
from pipeline.posting import body, fitted

Accounts = tuple[Account, ...]


def offered(film: Project, accounts: Accounts) -> tuple[Platform, ...]:
    """The platforms of a film that is shown which this seller may post it to."""
    if film.shown is None or film.words is None:
        return ()
    shapes = {reel.format for reel in film.reels}
    networks = {account.network for account in accounts}
    return tuple(one for one in film.shown.brief.platforms if one.network in networks and one.aspect in shapes)


def posting(film: Project, platform: Platform, accounts: Accounts) -> Posting | None:
    """What would be posted: the very files and words that were shown; None where that is not offered."""
    account = next((one for one in accounts if one.network is platform.network), None)
    reel = next((one for one in film.reels if one.format is platform.aspect), None)
    if platform not in offered(film, accounts) or account is None or reel is None:
        return None
    if film.shown is None or film.words is None:
        return None
    words = fitted(film.words, account.network)
    return Posting(
        platform=platform,
        account=account.id,
        name=account.name,
        visibility=account.visibility,
        video=reel.video,
        cover=reel.cover,
        title=words.title,
        caption=words.caption,
        hashtags=words.hashtags,
        language=film.shown.brief.language,
        synthetic=film.synthetic,
    )


def sent(film: Project, post: Posting) -> Sent | None:
    """What came of posting this before, whoever was to see it then and whatever the account was called."""
    return next((one for one in film.posts if _same(one.post, post)), None)


def _same(one: Posting, other: Posting) -> bool:
    return one.model_copy(update={"visibility": other.visibility, "name": other.name}) == other


# ── under a film ─────────────────────────────────────────────────────────────────────────────────────────────────────


def rows_under(film: Project, accounts: Accounts) -> Rows:
    """What a film's card has of all this: a button where it can be posted, links to where it is."""
    shown = {reel.video for reel in film.reels}
    there = [one for one in film.posts if one.post.video in shown and one.posted.address]
    links = [_link(one.post.platform, one.posted) for one in there]
    publish = ((_film_button(film, "publish", Verb.MENU, Menu.PUBLISH),),) if offered(film, accounts) else ()
    return (*publish, *((link,) for link in links))


def choice(film: Project, accounts: Accounts) -> Drawn:
    """Where to post it."""
    buttons = [_film_button(film, phrase(f"platform-{one}"), Verb.PUBLISH, one) for one in offered(film, accounts)]
    return (phrase("where-to-post"),), (*in_rows(buttons, 2), _back(film))


def confirmation(film: Project, post: Posting) -> Drawn:
    """Exactly what will be posted, with the one button that does it; or that it was done."""
    done = sent(film, post)
    if done is not None:
        lines, rows = came_of(post, done.posted)
        return (phrase("posted-already"), *lines), (*rows, _back(film))
    place, name = phrase(f"platform-{post.platform}"), phrase(f"network-{post.platform.network}")
    account = phrase("account-named", network=name, name=post.name) if post.name else name
    lines = (
        phrase("confirm-post", place=place),
        phrase("confirm-account", account=account),
        phrase("confirm-visibility", visibility=phrase(f"visibility-{post.visibility}")),
        *((phrase("confirm-synthetic"),) if post.synthetic and post.platform.network is Network.YOUTUBE else ()),
        GAP,
        *_words(post),
    )
    return lines, (
        (_film_button(film, phrase("post-it", place=place), Verb.POST, post.platform, weight=Weight.MAIN),),
        *_copies(post),
        _back(film),
    )


def _words(post: Posting) -> tuple[Phrase, ...]:
    """The words as they go along; TikTok's inbox takes none, so there they are for whoever finishes the post."""
    written = body(post.caption, post.hashtags)
    if post.visibility is Visibility.DRAFT:
        return phrase("confirm-no-words"), GAP, phrase("verbatim", text=written)
    title = (phrase("verbatim", text=post.title),) if post.platform.network is Network.YOUTUBE and post.title else ()
    return (*title, phrase("verbatim", text=written)) if written else title


def _copies(post: Posting) -> Rows:
    written = body(post.caption, post.hashtags)
    if post.visibility is not Visibility.DRAFT or not written:
        return ()
    return ((CopyButton(label=phrase("copy-caption"), text=written),),)


# ── what came of it ──────────────────────────────────────────────────────────────────────────────────────────────────


def posted_card(post: Posting, posted: Posted, *, job: str) -> Card:
    """The end of a job that posted a film."""
    lines, rows = came_of(post, posted)
    return Card(slot="progress", topic="posted", lines=lines, rows=rows, job=job)


def came_of(post: Posting, posted: Posted) -> Drawn:
    """Where a post is, and who sees it."""
    place = phrase(f"platform-{post.platform}")
    lines = [phrase(f"posted-{posted.state}", place=place)]
    if posted.state is Visibility.PRIVATE and post.visibility is not Visibility.PRIVATE:
        lines.append(phrase("posted-kept-private"))
    links = ((_link(post.platform, posted),),) if posted.address else ()
    return tuple(lines), (*links, *_copies(post))


def _link(platform: Platform, posted: Posted) -> LinkButton:
    return LinkButton(label=phrase("open-post", place=phrase(f"platform-{platform}")), address=posted.address)


def _film_button(film: Project, key: str | Phrase, verb: Verb, value: str, *, weight: Weight = Weight.PLAIN) -> Button:
    return button(key, verb, value, scope=Scope.FILM, number=film.number, weight=weight)


def _back(film: Project) -> tuple[Button, ...]:
    return (_film_button(film, "back", Verb.MENU, Menu.MAIN),)
