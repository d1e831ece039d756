"""Log lines say what happened and where, never what someone said."""

import json
import logging
import sys

from bot.observability.logging import JsonLines


def line_of(error: Exception) -> dict[str, str]:
    """Give the log line of an error that was raised for another."""
    try:
        try:
            raise KeyError("kanarie first")
        except KeyError as first:
            raise error from first
    except Exception:
        record = logging.LogRecord(
            "bot.x", logging.ERROR, __file__, 1, "turn_failed id=%s", ("7",), sys.exc_info()
        )
    return dict(json.loads(JsonLines().format(record)))


def test_an_error_is_logged_with_its_kind_and_place_and_without_its_words():
    line = line_of(ValueError("kanarie: Ria, 06-12345678"))
    assert line["event"] == "turn_failed id=7"
    assert "ValueError" in line["error"]
    assert "KeyError" in line["error"]
    assert "test_logging.py" in line["error"]
    assert "Ria" not in json.dumps(line)
    assert "06-12345678" not in json.dumps(line)


def test_a_line_stays_one_line_whatever_is_in_it():
    record = logging.LogRecord("bot", logging.INFO, "", 1, "a\nb\x1b[31m", (), None)
    line = JsonLines().format(record)
    assert "\n" not in line
    assert "\x1b" not in line
