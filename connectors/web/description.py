"""The description of the web API, for who writes a client."""

from pathlib import Path

import yaml
from aiohttp import web

FILE = Path(__file__).parent / "openapi.yml"

routes = web.RouteTableDef()


@routes.get("/api/openapi.json", name="openapi")
async def openapi(_: web.Request) -> web.Response:
    """Give the OpenAPI document."""
    return web.json_response(
        yaml.safe_load(FILE.read_text("utf-8")), headers={"Access-Control-Allow-Origin": "*"}
    )
