"""Liveness, readiness and Prometheus metrics."""

import logging

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.observability.metrics import exposition
from bot.observability.outbox_metrics import measure_outbox
from bot.storage.database import Database

log = logging.getLogger(__name__)

DATABASE = web.AppKey("database", Database)
CLOCK: web.AppKey[Clock] = web.AppKey("health_clock")

routes = web.RouteTableDef()


@routes.get("/health/live", name="live_probe")
async def live(request: web.Request) -> web.Response:
    """Say that the process runs."""
    return web.json_response({"status": "ok"})


@routes.get("/health/ready", name="ready_probe")
async def ready(request: web.Request) -> web.Response:
    """Say whether turns can be taken: the model is loaded and the database answers."""
    try:
        await request.app[DATABASE].ping()
    except (SQLAlchemyError, OSError) as error:
        log.warning("not_ready error=%s", type(error).__name__)
        return web.json_response({"status": "database away"}, status=503)
    return web.json_response({"status": "ok"})


@routes.get("/metrics", name="metrics")
async def metrics(request: web.Request) -> web.Response:
    """Give the metrics in Prometheus' text format; without a database the last ones known."""
    try:
        await measure_outbox(request.app[DATABASE], request.app[CLOCK])
    except (SQLAlchemyError, OSError) as error:
        log.warning("outbox_not_measured error=%s", type(error).__name__)
    return web.Response(body=exposition(), headers={"Content-Type": CONTENT_TYPE_LATEST})
