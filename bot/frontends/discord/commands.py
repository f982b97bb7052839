"""The commands that Discord lists: /video, one for each of the conversation's own, one in the menu of a message."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, Protocol

import discord
from discord import app_commands
from discord.app_commands import Choice, locale_str

from bot.dialogue import words
from bot.dialogue.cards import Phrase, phrase
from bot.dialogue.events import Command, Commanded, Preset
from bot.dialogue.phrases import Phrases
from bot.dialogue.summary import tone_name, voice_name
from bot.frontends.discord.deeds import File, files_of
from pipeline import voices
from pipeline.model import NO_VOICE, Platform, Tone

SUGGESTED = 25
DESCRIPTION = 100

EVERYWHERE = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
EITHER = app_commands.AppInstallationType(guild=True, user=True)

_LOCALES = {"en-US": "en", "en-GB": "en", "de": "de", "es-ES": "es", "es-419": "es", "fr": "fr"}

Attachment = discord.Attachment
Asked = discord.Interaction[Any]


class Front(Protocol):
    """What carries commands out."""

    async def order(self, interaction: Asked, files: tuple[File, ...], *, text: str, preset: Preset | None) -> None:
        """A new video was asked for."""
        ...

    async def command(self, interaction: Asked, given: Commanded) -> None:
        """A command of the conversation was given."""
        ...


class Translator(app_commands.Translator):
    """Puts names and descriptions into the languages that there are phrases for."""

    def __init__(self, say: Callable[[Phrase, str], str]) -> None:
        self._say = say

    async def translate(
        self, string: locale_str, locale: discord.Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        """A text in a language; None when it is not ours to translate."""
        ours = _LOCALES.get(str(locale))
        key = string.extras.get("key")
        return None if ours is None or key is None else self._say(Phrase(key=key), ours)[:DESCRIPTION]


def plant(tree: app_commands.CommandTree[Any], front: Front, *, phrases: Phrases, own: Phrases) -> None:
    """Add all commands to a tree.

    Args:
        tree: of the client.
        front: carries them out.
        phrases: the conversation's.
        own: those of this front end.
    """

    def described(key: str) -> locale_str:
        source = own if key in _OWN else phrases
        return locale_str(source.text(phrase(key), "en")[:DESCRIPTION], key=key)

    for command in Command:
        description = described(f"command-{command.replace('_', '-')}")
        if command is Command.START:
            tree.add_command(_start(front, description, code=described("option-code")))
        else:
            tree.add_command(_plain(front, command, description))
    tree.add_command(_video(front, phrases, described))
    menu = app_commands.ContextMenu(
        name=described("command-from-message"),
        callback=_from_message(front),
        allowed_contexts=EVERYWHERE,
        allowed_installs=EITHER,
    )
    tree.add_command(menu)


_OWN = frozenset(
    {
        "command-video",
        "command-from-message",
        "option-code",
        "option-photo",
        "option-text",
        "option-tone",
        "option-voice",
        "option-platforms",
    }
)


def translator(phrases: Phrases, own: Phrases) -> Translator:
    """The translator for the commands."""
    return Translator(lambda text, locale: (own if text.key in _OWN else phrases).text(text, locale))


def _plain(front: Front, command: Command, description: locale_str) -> app_commands.Command[Any, Any, Any]:
    async def run(interaction: Asked) -> None:
        await front.command(interaction, Commanded(command=command))

    return _listed(command, description, run)


def _start(front: Front, description: locale_str, *, code: locale_str) -> app_commands.Command[Any, Any, Any]:
    """The one command that takes something: the code of an invitation."""

    async def run(interaction: Asked, code: app_commands.Range[str, 1, 64] | None = None) -> None:
        await front.command(interaction, Commanded(command=Command.START, argument=code or ""))

    return _listed(Command.START, description, app_commands.describe(code=code)(run))


def _listed(command: Command, description: locale_str, run: Any) -> app_commands.Command[Any, Any, Any]:
    return app_commands.Command(
        name=command.value,
        description=description,
        callback=run,
        allowed_contexts=EVERYWHERE,
        allowed_installs=EITHER,
    )


def _from_message(front: Front) -> Callable[[Asked, discord.Message], Coroutine[Any, Any, None]]:
    async def run(interaction: Asked, message: discord.Message) -> None:
        text = message.content if message.author == interaction.user else ""
        await front.order(interaction, files_of(message.attachments), text=text, preset=None)

    return run


def _video(
    front: Front, phrases: Phrases, described: Callable[[str], locale_str]
) -> app_commands.Command[Any, Any, Any]:
    async def run(  # Discord reads the options from the signature
        interaction: Asked,
        photo: Attachment | None = None,
        photo2: Attachment | None = None,
        photo3: Attachment | None = None,
        photo4: Attachment | None = None,
        photo5: Attachment | None = None,
        photo6: Attachment | None = None,
        photo7: Attachment | None = None,
        photo8: Attachment | None = None,
        photo9: Attachment | None = None,
        photo10: Attachment | None = None,
        text: app_commands.Range[str, 1, 1500] | None = None,
        tone: str | None = None,
        voice: str | None = None,
        platforms: str | None = None,
    ) -> None:
        photos = (photo, photo2, photo3, photo4, photo5, photo6, photo7, photo8, photo9, photo10)
        chosen = Preset(tone=tone or "", voice=voice or "", platforms=platforms or "")
        await front.order(
            interaction,
            files_of([one for one in photos if one is not None]),
            text=text or "",
            preset=chosen if chosen != Preset() else None,
        )

    options = {f"photo{number}": described("option-photo") for number in range(2, 11)}
    options |= {name: described(f"option-{name}") for name in ("photo", "text", "tone", "voice", "platforms")}
    run = app_commands.describe(**options)(run)
    command: app_commands.Command[Any, Any, Any] = app_commands.Command(
        name="video",
        description=described("command-video"),
        callback=run,
        allowed_contexts=EVERYWHERE,
        allowed_installs=EITHER,
    )
    _suggest(command, phrases)
    return command


# ── suggestions while typing ─────────────────────────────────────────────────────────────────────────────────────────


def _suggest(command: app_commands.Command[Any, Any, Any], phrases: Phrases) -> None:
    async def tones(interaction: Asked, typed: str) -> list[Choice[str]]:
        locale = str(interaction.locale)
        return _fitting([(phrases.text(tone_name(tone), locale), tone.value) for tone in Tone], typed)

    async def speakers(interaction: Asked, typed: str) -> list[Choice[str]]:
        locale = phrases.nearest(str(interaction.locale))
        ids = [NO_VOICE, *(voice.id for voice in voices.offered(locale))]
        return _fitting([(phrases.text(voice_name(one, locale), locale), one) for one in ids], typed)

    async def places(interaction: Asked, typed: str) -> list[Choice[str]]:
        return platform_choices(typed, lambda one: phrases.text(phrase(f"platform-{one}"), str(interaction.locale)))

    command.autocomplete("tone")(tones)
    command.autocomplete("voice")(speakers)
    command.autocomplete("platforms")(places)


def platform_choices(typed: str, named: Callable[[Platform], str]) -> list[Choice[str]]:
    """Ways to go on from the platforms that were typed so far: these, or these and one more."""
    head, _, last = typed.rpartition(",")
    there = words.platforms_in(head) if head else ()
    known = words.platforms_in(typed)
    found = [known] if known else []
    found += [
        (*there, one)
        for one in Platform
        if one not in there and (not last.strip() or last.strip().casefold() in named(one).casefold())
    ]
    distinct = dict.fromkeys(found)
    return [
        Choice(name=", ".join(named(one) for one in several)[:100], value=",".join(one.value for one in several)[:100])
        for several in list(distinct)[:SUGGESTED]
    ]


def _fitting(options: list[tuple[str, str]], typed: str) -> list[Choice[str]]:
    wanted = typed.strip().casefold()
    return [Choice(name=name[:100], value=value) for name, value in options if wanted in name.casefold()][:SUGGESTED]
