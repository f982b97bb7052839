"""Start the bot: in Telegram and Discord where there are tokens, else in this terminal; or play an order unattended."""

from __future__ import annotations

import argparse
import asyncio
import gc
import locale
import signal
import sys
from pathlib import Path
from types import TracebackType
from uuid import uuid4

import structlog
from pydantic import ValidationError
from rich.console import Console

from bot.assembly import open_bot
from bot.config import BotSettings
from bot.dialogue.phrases import Phrases
from bot.frontends.base import FrontEnd
from bot.frontends.console.console import ConsoleFrontEnd
from bot.frontends.console.screen import Screen
from bot.frontends.discord.client import DiscordFrontEnd
from bot.frontends.discord.config import DiscordSettings
from bot.frontends.links import links_of
from bot.frontends.telegram.config import TelegramSettings
from bot.frontends.telegram.frontend import TelegramFrontEnd
from bot.play.demo import demo_orders
from bot.play.order import read_order
from bot.play.stage import play
from bot.play.worker import RUN_WORKER, have_a_worker
from jobs.broker import queue_server
from jobs.client import open_client
from jobs.config import JobSettings
from jobs.logs import set_up_logs
from jobs.tasks import kept
from pipeline.accounts import connected
from pipeline.config import StudioSettings
from pipeline.errors import FrameError, cause
from pipeline.model import Account
from storage.config import StorageSettings
from storage.store import open_store

try:
    import uvloop
except ImportError:  # it is not made for this system
    uvloop = None  # type: ignore[assignment]

_YOUNG_OBJECTS = 5_000  # made since the garbage collector's last pass
_MEANWHILE = 10.0  # seconds in which a worker that is started beside the bot says that it is there

log = structlog.get_logger()


def main(argv: list[str] | None = None) -> int:
    """Do what the command line asks; 0 when it went well, 1 with one sentence about what is wrong."""
    sys.excepthook = _last_word
    arguments = _parser().parse_args(argv)
    try:
        settings, telegram, discord = BotSettings(), TelegramSettings(), DiscordSettings()
        storage, jobs, studio = StorageSettings(), JobSettings(), StudioSettings()
    except ValidationError as error:
        _say(f"These settings cannot be understood: {', '.join(_variables(error))}. See docs/settings.md.")
        return 1
    in_terminal = telegram.token is None and discord.token is None
    draws = arguments.command in ("play", "demo") or (arguments.command is None and in_terminal)
    secrets = (telegram.token, discord.token, storage.database_url, storage.blobs_url, jobs.redis_url, *studio.secrets)
    set_up_logs(
        level="ERROR" if arguments.command == "doctor" else jobs.log_level,
        secrets=secrets,
        file=storage.home / "logs" / "bot.log" if draws else None,
    )
    if arguments.command == "doctor":
        return _examine(telegram, discord, storage=storage, jobs=jobs, studio=studio)
    if arguments.command is not None:
        return _play(arguments, storage, jobs)
    try:
        accounts = connected(studio)
        if in_terminal:
            asyncio.run(_serve_terminal(settings, storage, jobs, accounts))
        else:
            with asyncio.Runner(loop_factory=_fast_loop) as runner:
                runner.run(_serve(settings, telegram, discord, storage=storage, jobs=jobs, accounts=accounts))
    except (KeyboardInterrupt, asyncio.CancelledError):
        return 0
    except (FrameError, ExceptionGroup) as error:
        if not isinstance(reason := cause(error), FrameError):
            raise
        log.debug("bot not started", exc_info=True)
        _say(f"The bot cannot run. {reason}")
        return 1
    return 0


def _variables(error: ValidationError) -> list[str]:
    """The environment variables that a section of the settings cannot be read from."""
    prefixes = {kind.__name__: kind.model_config.get("env_prefix", "") for kind in (TelegramSettings, DiscordSettings)}
    return [f"{prefixes.get(error.title, '')}{fault['loc'][0]}".upper() for fault in error.errors()]


def _examine(
    telegram: TelegramSettings,
    discord: DiscordSettings,
    *,
    storage: StorageSettings,
    jobs: JobSettings,
    studio: StudioSettings,
) -> int:
    """Say what there is and what is missing; 0 when everything that is needed works."""
    from bot.doctor.examination import Settings, examine  # loads what a bot that serves can do without
    from bot.doctor.findings import show, well
    from pipeline.engines.publish.connecting import publishers

    looks = {network: one.standing for network, one in publishers(studio).items()}
    findings = asyncio.run(examine(Settings(telegram, discord, storage, jobs, studio), looks))
    show(findings, Console(highlight=False))
    return 0 if well(findings) else 1


def _play(arguments: argparse.Namespace, storage: StorageSettings, jobs: JobSettings) -> int:
    """Play an order; the conversation is drawn in this terminal."""
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 100)
    try:
        if arguments.command == "play":
            orders = [(read_order(arguments.order), arguments.out)]
        else:
            orders = demo_orders(arguments.photos, out=arguments.out)
        for order, out in orders:
            asyncio.run(
                play(
                    order,
                    out=out,
                    console=console,
                    storage=storage,
                    jobs=jobs,
                    locale=_locale(),
                    paid=StudioSettings().paid,
                )
            )
        if arguments.command == "demo":
            console.print(f"The films are in {arguments.out}. To talk yourself: {_python()} run_bot.py", soft_wrap=True)
    except KeyboardInterrupt:
        _say("Stopped.")
        return 130
    except FrameError as error:
        log.debug("the play failed", exc_info=True)
        _say(str(error))
        return 1
    return 0


async def _serve_terminal(
    settings: BotSettings, storage: StorageSettings, jobs: JobSettings, accounts: tuple[Account, ...]
) -> None:
    screen = Screen(Console())
    chat = ConsoleFrontEnd(screen, folder=settings.films_folder, locale=_locale())
    async with (
        open_store(storage) as store,
        queue_server(jobs, home=storage.home) as server,
        open_client(store, jobs, server=server, paid=StudioSettings().paid) as client,
        open_bot([chat], store=store, client=client, policy=settings.policy, accounts=accounts) as bot,
        kept(have_a_worker(client.workers, command=RUN_WORKER, home=storage.home, say=screen.note)),
    ):
        await chat.run(bot.desk)
    screen.note("Everything is kept: python run_bot.py goes on from here.")


async def _serve(
    settings: BotSettings,
    telegram: TelegramSettings,
    discord: DiscordSettings,
    *,
    storage: StorageSettings,
    jobs: JobSettings,
    accounts: tuple[Account, ...],
) -> None:
    """Serve every chat that has a token, until the process is told to stop."""
    serving = asyncio.current_task()
    if serving is not None:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, serving.cancel)
    async with (
        open_store(storage) as store,
        queue_server(jobs, home=storage.home) as server,
        open_client(store, jobs, server=server, paid=StudioSettings().paid) as client,
    ):
        fronts: list[FrontEnd] = []
        slots, inbox, link = store.slots, store.inbox, links_of(store.blobs)
        if telegram.token is not None:
            fronts.append(TelegramFrontEnd(telegram, slots=slots, inbox=inbox, phrases=Phrases(), link=link))
        if discord.token is not None:
            fronts.append(DiscordFrontEnd(discord, slots=slots, inbox=inbox, phrases=Phrases(), link=link))
        async with (
            open_bot(fronts, store=store, client=client, policy=settings.policy, accounts=accounts) as bot,
            asyncio.TaskGroup() as group,
        ):
            _spare_what_stays()
            for front in fronts:
                group.create_task(front.run(bot.desk), name=front.prefix)
            if jobs.redis_url is None:  # all on this machine: whoever starts the bot alone gets films, too
                group.create_task(
                    have_a_worker(client.workers, command=RUN_WORKER, home=storage.home, say=_say, after=_MEANWHILE)
                )
            if settings.invite_only and not settings.operators:
                _say("INVITE_ONLY is set and OPERATORS names nobody: nobody can invite. See docs/settings.md.")
            _say(f"FRAME serves {' and '.join(front.prefix.capitalize() for front in fronts)}. Ctrl-C stops it.")


def _fast_loop() -> asyncio.AbstractEventLoop:
    """An event loop that costs an update a tenth less than Python's own, where there is one."""
    return asyncio.new_event_loop() if uvloop is None else uvloop.new_event_loop()


def _spare_what_stays() -> None:
    """Have the garbage collector leave alone what is loaded by now: a full pass over it takes 0.1 s and more, in which
    nobody is answered. What is under way is looked through less often than usual: hardly any of it is garbage.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG_OBJECTS)


def _python() -> str:
    """This interpreter, as one would type it from here."""
    path, here = Path(sys.executable), Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def _locale() -> str:
    language, _ = locale.getlocale()
    return (language or "en").replace("_", "-")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="run_bot.py", description="FRAME: product photos in, promo videos out.")
    commands = parser.add_subparsers(dest="command", title="commands")
    play = commands.add_parser("play", help="play one order unattended, through the very same conversation")
    play.add_argument("order", type=Path, metavar="ORDER.toml")
    play.add_argument("--out", type=Path, required=True, metavar="DIR")
    commands.add_parser("doctor", help="say what works, what is missing and what to do about it")
    demo = commands.add_parser("demo", help="play a whole conversation with sample photos, or with yours")
    demo.add_argument("photos", type=Path, nargs="*", metavar="PHOTO")
    demo.add_argument("--out", type=Path, default=Path("out/demo"), metavar="DIR")
    return parser


def _last_word(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """What nobody foresaw goes to the log in full, and to the operator in a sentence."""
    reference = uuid4().hex[:8]
    log.critical("stopped by an error", reference=reference, exc_info=(kind, error, trace))
    _say(f"FRAME stopped because of an error in itself ({kind.__name__}, reference {reference}). The log says more.")


def _say(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")


if __name__ == "__main__":
    sys.exit(main())
