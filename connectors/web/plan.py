"""The overstapplan: a page to print, and a PDF."""

import asyncio

import aiohttp_jinja2
from aiohttp import web

from bot.advice.plan import Plan
from connectors.web.api import EXPORTS_A_MINUTE, limit
from connectors.web.plan_pdf import plan_pdf
from connectors.web.problems import Problem
from connectors.web.session import session_of
from connectors.web.state import CONVERSATIONS, PLANNER

routes = web.RouteTableDef()


async def _plan(request: web.Request) -> Plan:
    conversation_id = await session_of(request)
    if conversation_id is None:
        raise Problem(404, "no_conversation")
    data = await request.app[CONVERSATIONS].export(conversation_id)
    return request.app[PLANNER].make(data["profile"])


@routes.get("/plan", name="plan")
async def page(request: web.Request) -> web.Response:
    """Show the plan, ready to print."""
    planner = request.app[PLANNER]
    context = {"plan": await _plan(request), "words": planner.words}
    return aiohttp_jinja2.render_template("plan.html", request, context)


@routes.get("/plan.pdf", name="plan_pdf")
async def pdf(request: web.Request) -> web.Response:
    """Give the plan as a PDF file."""
    limit(request, f"pdf:{request.remote}", EXPORTS_A_MINUTE)
    body = await asyncio.to_thread(plan_pdf, await _plan(request), request.app[PLANNER].words)
    return web.Response(
        body=body,
        content_type="application/pdf",
        headers={"Content-Disposition": 'attachment; filename="overstapplan.pdf"'},
    )
