"""Errors as RFC 9457 problem documents with a Dutch title, for the API; a page for the rest."""

import json
import logging
from collections.abc import Awaitable, Callable

import aiohttp_jinja2
from aiohttp import web
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.errors import ConversationNotFound, ProfileError, TurnFailed
from connectors.web.state import LABELS

log = logging.getLogger(__name__)

type Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

API_PATHS = ("/api/", "/webhooks/", "/partners/", "/health/", "/metrics")
RETRY_SECONDS = 5
SAID = "said"
"""Under this name a request holds what a person sent, so that the problem's page gives it back."""


class Problem(Exception):
    """A request that cannot be done. `code` names a title in data/labels.yml."""

    def __init__(self, status: int, code: str, *, retry_after: int | None = None) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.retry_after = retry_after


def problem_response(request: web.Request, problem: Problem) -> web.Response:
    """Give the problem as JSON for the API, as a page for people."""
    titles = request.config_dict[LABELS]["problem"]
    title = titles.get(problem.code, titles["failed"])
    headers = {"Retry-After": str(problem.retry_after)} if problem.retry_after else None
    if request.path.startswith(API_PATHS) or request.headers.get("Accept") == "application/json":
        body = {"type": "about:blank", "title": title, "status": problem.status}
        return web.Response(
            status=problem.status,
            text=json.dumps(body, ensure_ascii=False),
            content_type="application/problem+json",
            headers=headers,
        )
    context = {"title": title, "code": problem.code, "said": request.get(SAID)}
    page = aiohttp_jinja2.render_template("problem.html", request, context, status=problem.status)
    page.headers.update(headers or {})
    return page


@web.middleware
async def problem_middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn every error into a problem document or a page, and log what was not foreseen."""
    try:
        return await handler(request)
    except Problem as problem:
        return problem_response(request, problem)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        return problem_response(request, Problem(error.status, f"http_{error.status}"))
    except ConversationNotFound:
        return problem_response(request, Problem(404, "no_conversation"))
    except ProfileError:
        return problem_response(request, Problem(400, "http_400"))
    except TurnFailed as error:
        log.error("turn_failed reason=%s", error)
        return problem_response(request, Problem(503, "busy", retry_after=RETRY_SECONDS))
    except (DBAPIError, PoolTimeout, OSError) as error:
        log.error("database_away error=%s", type(error).__name__)
        return problem_response(request, Problem(503, "busy", retry_after=RETRY_SECONDS))
    except Exception:
        log.exception("request_failed route=%s", request.match_info.route.name)
        return problem_response(request, Problem(500, "failed"))
