"""What the NLU makes of one utterance, in the contract's shape."""

from typing import Any

from bot.dialogue.evaluation import FALLBACK


async def parse_line(agent: Any, text: str) -> dict[str, Any]:
    """Give text, intent, entities and the next best intents of one utterance.

    `intent` is the best intent, also below the gate of config.yml; `acted_on` tells whether the
    dialogue would act on it, or ask back. Only of a text with nothing in it there is no best one.
    """
    parsed = await agent.parse_message(text)
    ranking = [_plain(one) for one in parsed["intent_ranking"] if one["name"] != FALLBACK]
    first = _plain(parsed["intent"])
    return {
        "text": text,
        "intent": ranking[0] if ranking else first,
        "acted_on": first["name"] != FALLBACK,
        "entities": [
            {key: entity.get(key) for key in ("entity", "value", "start", "end")}
            for entity in parsed.get("entities", [])
        ],
        "intent_ranking": ranking,
    }


def _plain(intent: dict[str, Any]) -> dict[str, Any]:
    return {key: intent.get(key) for key in ("name", "confidence")}
