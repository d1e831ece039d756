"""What the NLU makes of one utterance, in the contract's shape."""

from typing import Any

from bot.dialogue.evaluation import FALLBACK


async def parse_line(agent: Any, text: str) -> dict[str, Any]:
    """Give text, intent, entities and the next best intents of one utterance."""
    parsed = await agent.parse_message(text)
    return {
        "text": text,
        "intent": _plain(parsed["intent"]),
        "entities": [
            {key: entity.get(key) for key in ("entity", "value", "start", "end")}
            for entity in parsed.get("entities", [])
        ],
        "intent_ranking": [
            _plain(one) for one in parsed.get("intent_ranking", []) if one["name"] != FALLBACK
        ],
    }


def _plain(intent: dict[str, Any]) -> dict[str, Any]:
    return {key: intent.get(key) for key in ("name", "confidence")}
