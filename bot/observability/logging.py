"""Logs as one JSON object a line: event names and ids, never what a person said."""

import json
import logging
import sys
import traceback
import warnings
from datetime import UTC, datetime

import structlog

# Rasa logs whole messages and trackers below this level.
RASA_LEVEL = logging.ERROR


class JsonLines(logging.Formatter):
    """Formats a record as one line of JSON; an error's traceback is kept, its values are not."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the line."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        if record.exc_info and record.exc_info[1]:
            line["error"] = _where(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def _where(error: BaseException) -> str:
    """Give the traceback with the kinds of the errors, first cause first.

    What an error says is left out: a database repeats a person's words, an address has a token.
    """
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    first = f"{_where(before)}\n" if before is not None else ""
    return first + "".join(traceback.format_tb(error.__traceback__)) + type(error).__qualname__


def configure_logging(level: int = logging.INFO) -> None:
    """Send our own logs to standard error, and keep Rasa's words with people out of them."""
    # Rasa and its dependencies warn about their own age on every start.
    for category in (DeprecationWarning, UserWarning):
        warnings.simplefilter("ignore", category)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in ("bot", "connectors", "actions", "nlu"):
        logging.getLogger(name).setLevel(level)
    for name in ("rasa", "rasa_sdk", "httpx", "alembic"):
        logging.getLogger(name).setLevel(RASA_LEVEL)
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(RASA_LEVEL),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
