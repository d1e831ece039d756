"""What the NLU makes of one utterance, in the contract's shape."""

from typing import Any


async def parse_line(agent: Any, text: str) -> dict[str, Any]:
    """Give text, intent and entities of one utterance."""
    parsed = await agent.parse_message(text)
    return {
        "text": text,
        "intent": {key: parsed["intent"].get(key) for key in ("name", "confidence")},
        "entities": [
            {key: entity.get(key) for key in ("entity", "value", "start", "end")}
            for entity in parsed.get("entities", [])
        ],
    }
