"""The files in deploy/ name only what there is: metrics, settings, commands, paths."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import REGISTRY

import bot.handoff.outbox
import bot.observability.health
import bot.observability.metrics  # noqa: F401  the metrics register themselves
from bot.cli import parser
from tests.conftest import ROOT

DEPLOY = ROOT / "deploy"
# Made by Prometheus itself, and by its client for the process.
GIVEN = {"up", "process_resident_memory_bytes"}
SETTINGS = set(re.findall(r'"([A-Z][A-Z_]+)"', (ROOT / "bot" / "settings.py").read_text("utf-8")))


@dataclass(frozen=True, slots=True)
class Expression:
    """A query of Prometheus and where it stands."""

    where: str
    text: str


def expressions() -> list[Expression]:
    alerts = yaml.safe_load((DEPLOY / "prometheus" / "alerts.yml").read_text("utf-8"))
    board = json.loads((DEPLOY / "grafana" / "zijstap.json").read_text("utf-8"))
    return [
        *(Expression(rule["alert"], rule["expr"]) for rule in alerts["groups"][0]["rules"]),
        *(
            Expression(panel["title"], target["expr"])
            for panel in board["panels"]
            for target in panel["targets"]
        ),
    ]


def exported() -> set[str]:
    """Give the names of all series that the service can show."""
    found = set()
    for family in REGISTRY.collect():
        endings = {"counter": ["_total"], "histogram": ["_bucket", "_count", "_sum"]}
        found |= {family.name + ending for ending in endings.get(family.type, [""])}
    return found


@pytest.mark.parametrize("expression", expressions(), ids=lambda one: one.where)
def test_alerts_and_dashboard_use_metrics_that_exist(expression: Expression) -> None:
    named = set(re.findall(r"\b(zijstap_\w+|up\b|process_\w+)", expression.text))
    assert named
    assert named <= exported() | GIVEN


def documents(file: Path) -> list[dict[str, Any]]:
    return [one for one in yaml.safe_load_all(file.read_text("utf-8")) if one]


def test_each_object_of_kubernetes_has_what_it_needs() -> None:
    found = documents(DEPLOY / "kubernetes" / "zijstap.yml")
    assert {one["kind"] for one in found} >= {"Deployment", "Service", "ConfigMap", "Job"}
    assert all(one["apiVersion"] and one["metadata"]["name"] for one in found)
    settings = next(one for one in found if one["kind"] == "ConfigMap")["data"]
    assert settings.keys() <= SETTINGS


def test_the_service_of_kubernetes_is_probed_where_it_answers() -> None:
    paths = {route.path for route in bot.observability.health.routes}  # type: ignore[attr-defined]
    deployment = next(
        one for one in documents(DEPLOY / "kubernetes" / "zijstap.yml") if one["kind"] == "Deployment"
    )
    container = deployment["spec"]["template"]["spec"]["containers"][0]
    probes = ("readinessProbe", "livenessProbe", "startupProbe")
    assert {container[name]["httpGet"]["path"] for name in probes} <= paths


def test_compose_sets_only_settings_that_are_read() -> None:
    (compose,) = documents(DEPLOY / "compose.yml")
    assert compose["services"]["zijstap"]["environment"].keys() <= SETTINGS


def commands() -> list[list[str]]:
    (compose,) = documents(DEPLOY / "compose.yml")
    found = [compose["services"]["zijstap"]["command"]]
    for one in documents(DEPLOY / "kubernetes" / "zijstap.yml"):
        if one["kind"] == "Job":
            found.append(one["spec"]["template"]["spec"]["containers"][0]["command"])
    image = (DEPLOY / "Containerfile").read_text("utf-8")
    found.append(json.loads(re.search(r"^CMD (\[.*\])$", image, re.M)[1]))  # type: ignore[index]
    return found


@pytest.mark.parametrize("command", commands(), ids=" ".join)
def test_every_command_is_one_of_ours(command: list[str]) -> None:
    assert command[0] == "zijstap"
    parser().parse_args(command[1:])


def test_the_image_copies_what_is_in_the_repository() -> None:
    image = (DEPLOY / "Containerfile").read_text("utf-8")
    named = re.findall(r"^COPY (?!--from)(.+) \./?$", image, re.M)
    files = [name for line in named for name in line.split() if name != "."]
    assert files
    assert all((ROOT / name).exists() for name in files)
