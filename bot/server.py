"""The composition root of the service: opens what is needed, joins it, serves, and closes it."""

import asyncio
import contextlib
import json
import logging
import os
import shlex
import signal
import sys
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import yaml
from aiohttp import web
from sqlalchemy import func, select

from actions.services import Services
from bot.advice.texts import load_texts
from bot.catalogue.esco_names import esco_names
from bot.catalogue.load import shared_catalogue
from bot.catalogue.model import Catalogue
from bot.clock import utc_now
from bot.console import auth, digest
from bot.console.app import console_app
from bot.console.state import NATIONAL, Console
from bot.dialogue.agent import MODEL_FILE, keep_what_is_loaded, load
from bot.dialogue.turn import Conversations
from bot.dialogue.waiting import Watch
from bot.errors import SettingsError
from bot.handoff.outbox import OutboxWorker
from bot.observability import health
from bot.privacy.housekeeping import keep_house
from bot.settings import Settings
from bot.storage.bell import Bell
from bot.storage.console_tables import Account
from bot.storage.database import Database
from bot.storage.esco import esco_occupations
from bot.storage.leader import alone
from bot.storage.migrate import migrate
from bot.storage.outbox import StoredOutbox
from connectors.partners import callback
from connectors.partners.sender import PartnerSender
from connectors.telegram.start import start_telegram
from connectors.terminal import talk
from connectors.web.app import web_app
from connectors.web.state import LIMITS, Planner
from nlu import more_names

log = logging.getLogger(__name__)

STOP_SECONDS = 15
IDLE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Running:
    """What one process holds while it runs."""

    database: Database
    bell: Bell
    services: Services
    conversations: Conversations


def load_services(settings: Settings) -> Services:
    """Read the catalogue and the words that go with it."""
    data = settings.root / "data"
    labels = yaml.safe_load((data / "labels.yml").read_text("utf-8"))["labels"]
    return Services(
        catalogue=shared_catalogue(data / "catalogue"),
        texts=load_texts(data / "catalogue" / "advice.yml"),
        labels=labels,
        clock=utc_now,
    )


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[Running]:
    """Open the database, load the model, and close everything at the end."""
    from bot.dialogue.tracker_store import TurnTrackerStore

    async with opened_database(settings) as database, Bell(settings.database_url) as bell:
        services = load_services(settings)
        await use_esco(database, services.catalogue)
        agent = load(settings.root / MODEL_FILE, TurnTrackerStore())
        conversations = Conversations(
            database,
            agent,
            services,
            services.clock,
            bell,
            patience=settings.counsellor_away,
        )
        yield Running(database, bell, services, conversations)


async def use_esco(database: Database, catalogue: Catalogue) -> None:
    """Let the linkers of this process know the imported names of ESCO, if there are any."""
    async with database.transaction() as session:
        occupations = await esco_occupations(session)
    more_names.use(esco_names(occupations, catalogue.origins))


@asynccontextmanager
async def opened_database(settings: Settings) -> AsyncIterator[Database]:
    """Bring the database to this version, open it, and close it at the end."""
    settings.make_data_dir()
    await asyncio.to_thread(migrate, settings.database_url)
    database = Database(settings.database_url)
    try:
        yield database
    finally:
        await database.close()


def application(parts: Running, settings: Settings) -> web.Application:
    """Give the whole web application: chat, API, console, callbacks, probes."""
    planner = Planner(parts.services.plan, parts.services.texts.plan.words)
    app = web_app(parts.conversations, settings, parts.services.labels, planner)
    app[health.DATABASE] = parts.database
    app[health.CLOCK] = parts.services.clock
    app.add_routes(health.routes)
    app[callback.DATABASE] = parts.database
    app[callback.CLOCK] = parts.services.clock
    app.add_routes(callback.routes)
    door = PartnerSender(settings, parts.services.clock)
    app.on_cleanup.append(lambda _: door.close())
    console = Console(
        database=parts.database,
        bell=parts.bell,
        clock=parts.services.clock,
        catalogue=parts.services.catalogue,
        texts=parts.services.texts,
        labels=parts.services.labels,
        secure_cookies=settings.secure_cookies,
        resume=parts.conversations.resume,
        wait_for=app[LIMITS].wait_for,
        door=door,
    )
    app.add_subapp("/console", console_app(console))
    return app


def runner_of(app: web.Application) -> web.AppRunner:
    """Give what serves the application; who opens a line and asks nothing is cut off."""
    return web.AppRunner(
        app, access_log=None, shutdown_timeout=STOP_SECONDS, keepalive_timeout=IDLE_SECONDS
    )


@asynccontextmanager
async def _background(*works: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Run works beside the service, and stop them at the end."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for task in tasks:
            with contextlib.suppress(asyncio.CancelledError):
                await task


async def serve(
    settings: Settings, host: str, port: int, *, demo: bool = False, shared_port: bool = False
) -> None:
    """Serve until SIGINT or SIGTERM; turns in flight are finished first.

    Args:
        shared_port: other processes listen on the same port; the kernel divides the connections.
    """
    async with AsyncExitStack() as stack:
        parts = await stack.enter_async_context(running(settings))
        app = application(parts, settings)
        sender = PartnerSender(settings, parts.services.clock)
        stack.push_async_callback(sender.close)
        mails = settings.smtp_url is not None
        stored = StoredOutbox(
            parts.database,
            mails_counsellors=mails,
            told=parts.services.labels["system"]["delivered"],
            partners={one.id: one.name for one in parts.services.catalogue.partners.values()},
        )
        outbox = OutboxWorker(stored, sender, parts.services.clock)
        watch = Watch(
            parts.database,
            parts.services,
            parts.bell,
            parts.conversations.resume,
            settings.counsellor_away,
        )
        works = [outbox.run(), keep_house(parts.database, parts.services.clock)]
        works.append(alone(parts.database, "counsellor-away", watch.run))
        if mails:
            works.append(digest.keep_sending(parts.database, parts.services.clock))
        if settings.telegram_token:
            works += await start_telegram(
                stack,
                app,
                settings,
                parts.conversations,
                parts.database,
                parts.bell,
                parts.services.labels["telegram"],
            )
        runner = runner_of(app)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await stack.enter_async_context(_background(*works))
        keep_what_is_loaded()
        await _listen(runner, host, port, shared_port=shared_port)
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(name, stop.set)
        print(f"Zijstap luistert op http://{host}:{port}", flush=True)
        await _first_account(parts, settings, demo=demo)
        await stop.wait()


async def _listen(runner: web.AppRunner, host: str, port: int, *, shared_port: bool) -> None:
    try:
        await web.TCPSite(runner, host, port, reuse_port=shared_port or None).start()
    except OSError as error:
        what = os.strerror(error.errno) if error.errno else str(error)
        raise SettingsError(f"kan niet luisteren op {host}:{port}: {what}") from error


async def _first_account(parts: Running, settings: Settings, *, demo: bool) -> None:
    """Say how to make the first counsellor, or make one for a demonstration."""
    async with parts.database.transaction() as session:
        if await session.scalar(select(func.count()).select_from(Account)):
            return
    words = parts.services.labels["start"]
    if demo:
        made = await add_account(settings, "demo@example.org", "Demo", "admin", ())
        print(words["demo_account"].format(**_shown(made)), flush=True)
    else:
        folder = shlex.quote(str(settings.data_dir.resolve()))
        print(words["first_account"].format(folder=folder), flush=True)


def _shown(made: auth.NewAccount) -> dict[str, str]:
    return {
        "email": made.email,
        "password": made.password,
        "totp_uri": made.totp_uri,
        "recovery": " ".join(made.recovery_codes),
    }


async def add_account(
    settings: Settings, email: str, name: str, role: str, regions: tuple[str, ...]
) -> auth.NewAccount:
    """Make a counsellor's account.

    Raises:
        SettingsError: the address is no address or taken, or a region is missing or unknown.
    """
    known = {*shared_catalogue(settings.catalogue).regions, NATIONAL}
    if wrong := [code for code in regions if code not in known]:
        raise SettingsError(f"deze regio's bestaan niet: {', '.join(wrong)}")
    if role != "admin" and not regions:
        raise SettingsError(
            "geef minstens één regio met --regions; alleen een beheerder ziet alles"
        )
    if not auth.is_address(email):
        raise SettingsError(f"{email} is geen e-mailadres")
    async with opened_database(settings) as database, database.transaction() as session:
        if await auth.account_at(session, email):
            raise SettingsError(f"er is al een account met het adres {email}")
        return auth.make_account(
            session, email=email, name=name, role=role, regions=regions, now=utc_now()
        )


async def chat(settings: Settings, script: list[str] | None) -> None:
    """Talk in the terminal, or play a script and print the bot's messages as JSON lines."""
    async with running(settings) as parts:
        if script is None:
            await talk(parts.conversations)
            return
        started = await parts.conversations.start(channel="terminal")
        said = list(started.messages)
        for line in script:
            said += await parts.conversations.take_turn(started.id, line)
        for message in said:
            json.dump(message.to_json(), sys.stdout, ensure_ascii=False)
            sys.stdout.write("\n")
