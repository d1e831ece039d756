"""The contract: every command and its exit status, every call of the web API as it is described."""

import json
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from jsonschema import Draft202012Validator

from bot.cli import main
from bot.server import Running, application
from bot.settings import Settings
from tests.conftest import ROOT

COMMANDS = [
    ["serve"], ["train"], ["evaluate"], ["parse"], ["chat"], ["advise"],
    ["catalogue", "check"], ["catalogue", "stale"],
    ["counsellor", "add"], ["counsellor", "list"], ["counsellor", "disable"], ["counsellor", "reset"],
    ["handoff", "list"], ["handoff", "show"], ["handoff", "retry"], ["handoff", "export"],
    ["purge"], ["migrate"], ["backup"], ["restore"], ["bench"],
]  # fmt: skip
FAILS = [
    ["advise", "no-such-file.json"],
    ["chat", "--script", "no-such-file.txt"], ["evaluate", "no-such-file.yml"],
    ["counsellor", "disable", "nobody@example.org"], ["handoff", "show", "ZS-NOTHING"],
    ["restore", "no-such-file"],
]  # fmt: skip
WRONG_USE = [[], ["nonsense"], ["serve", "--port", "high"], ["backup"], ["counsellor", "add"],
             ["handoff"], ["advise"]]  # fmt: skip
NOT_DESCRIBED = {"/api/openapi.json", "/webhooks/telegram"}
"""The description itself, and what only Telegram calls (it is there when Telegram is)."""
PROGRAMS = ("/api/", "/webhooks/", "/partners/", "/health/", "/metrics")


def words(arguments: list[str]) -> str:
    return " ".join(arguments) or "nothing"


@pytest.mark.parametrize("command", COMMANDS, ids=words)
def test_every_command_of_the_contract_has_help(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([*command, "--help"])
    assert stopped.value.code == 0
    assert f"zijstap {' '.join(command)}" in capsys.readouterr().out


@pytest.mark.parametrize("command", FAILS, ids=words)
def test_what_fails_says_so_in_one_line_and_exits_with_1(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*command, "--data-dir", str(tmp_path)]) == 1
    said = capsys.readouterr()
    assert len(said.err.strip().splitlines()) == 1, said.err
    assert "Traceback" not in said.err


@pytest.mark.parametrize("command", WRONG_USE, ids=words)
def test_wrong_use_exits_with_2(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(command)
    assert stopped.value.code == 2
    assert "usage: zijstap" in capsys.readouterr().err


def test_the_command_itself_gives_these_exit_statuses(tmp_path: Path) -> None:
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "bot.cli", "advise", "-", "--data-dir", str(tmp_path)],
        cwd=ROOT, input=json.dumps({"situation": "rich"}), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "situation" in done.stderr.splitlines()[-1]
    assert done.stdout == ""


@pytest.fixture
async def client(parts: Running, settings: Settings) -> AsyncIterator[TestClient[Any, Any]]:
    """Give a client of the whole application."""
    async with TestClient(TestServer(application(parts, settings))) as opened:
        yield opened


class Described:
    """The API's description, to hold answers against."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._document = document
        self.paths: dict[str, Any] = document["paths"]

    async def holds(self, answer: Any, path: str) -> Any:
        """Check status, kind and shape of an answer; give its JSON."""
        described = self.paths[path][answer.method.lower()]["responses"]
        found = described.get(str(answer.status)) or described["default"]
        while "$ref" in found:
            found = self._document["components"]["responses"][found["$ref"].rsplit("/", 1)[1]]
        if "content" not in found:
            return None
        assert answer.content_type in found["content"], answer.content_type
        schema = {**found["content"][answer.content_type]["schema"],
                  "components": self._document["components"]}  # fmt: skip
        body = json.loads(await answer.text())
        Draft202012Validator(schema).validate(body)
        return body


@pytest.fixture
async def described(client: TestClient[Any, Any]) -> Described:
    """Give the description that the service itself serves."""
    answer = await client.get("/api/openapi.json")
    assert answer.status == 200
    return Described(await answer.json())


async def test_routes_and_description_agree(
    client: TestClient[Any, Any], described: Described
) -> None:
    app = client.server.app  # type: ignore[attr-defined]
    served = {
        (route.method.lower(), route.resource.canonical)
        for route in app.router.routes()
        if route.resource and route.resource.canonical.startswith(PROGRAMS)
        and route.method != "HEAD" and route.resource.canonical not in NOT_DESCRIBED
    }  # fmt: skip
    methods = {"get", "post", "delete"}
    told = {(name, path) for path, item in described.paths.items() for name in methods & set(item)}
    assert served == told


async def test_a_whole_conversation_is_as_described(
    client: TestClient[Any, Any], described: Described
) -> None:
    one = "/api/conversations/{id}"
    started = await described.holds(await client.post("/api/conversations"), "/api/conversations")
    path = f"/api/conversations/{started['id']}"
    headers = {"Authorization": f"Bearer {started['token']}"}
    for payload in ('/inform{"occupation":"kassamedewerker"}', "/ask_advice",
                    '/ask_route{"route":"bbl"}', "/compare_routes", "/request_human"):  # fmt: skip
        answer = await client.post(f"{path}/messages", json={"payload": payload}, headers=headers)
        assert answer.status == 200
        await described.holds(answer, f"{one}/messages")
    answer = await client.get(f"{path}/messages?after=2", headers=headers)
    said = await described.holds(answer, f"{one}/messages")
    assert [item["seq"] for item in said["messages"]] == list(range(3, 3 + len(said["messages"])))
    await described.holds(await client.get(f"{path}/export", headers=headers), f"{one}/export")
    gone = await client.delete(path, headers=headers)
    assert gone.status == 204
    await described.holds(gone, one)


@pytest.mark.parametrize(
    ("method", "path", "sent", "status"),
    [
        ("post", "/api/conversations/{id}/messages", "{", 400),
        ("post", "/api/conversations/{id}/messages", "[]", 400),
        ("post", "/api/conversations/{id}/messages", "{}", 400),
        ("post", "/api/conversations/{id}/messages", '{"text": 7}', 400),
        ("post", "/api/conversations/{id}/messages", '{"text": "%s"}' % ("a" * 5000), 413),
        ("get", "/api/conversations/{id}/messages?after=x", None, 400),
        ("delete", "/api/conversations", None, 405),
        ("get", "/api/nothing", None, 404),
        ("post", "/webhooks/rest/webhook", "{}", 401),
        ("post", "/partners/nobody/status", "{}", 401),
    ],
)
async def test_every_error_is_a_problem_document(
    client: TestClient[Any, Any], method: str, path: str, sent: str | None, status: int
) -> None:
    started = await (await client.post("/api/conversations")).json()
    headers = {"Authorization": f"Bearer {started['token']}"}
    answer = await client.request(
        method, path.replace("{id}", started["id"]), data=sent, headers=headers
    )
    assert answer.content_type == "application/problem+json"
    problem = json.loads(await answer.text())
    assert (answer.status, problem["status"]) == (status, status)
    assert problem["title"]
