"""Rasa component: hours a week, years in work, wage, telephone and e-mail.

Age is never taken: a number of years counts only when it speaks of work (nlu/years.py).
"""

import re
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from nlu.dutch_numbers import DutchNumbers
from nlu.extractor import Entity, Extractor
from nlu.hours import hours_a_week
from nlu.lexicon import answer_cues
from nlu.said_numbers import Quantity, said_numbers
from nlu.sentence import Sentence
from nlu.wages import wage_in
from nlu.years import years_in_work

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<!\w)(?:\+31|0031|0)(?:[ -]?\d){9}(?!\d)")


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=False)
class QuantityExtractor(Extractor):
    """Finds `hours`, `years`, `wage`, `phone` and `email`; values are texts of numbers.

    The value of `wage` is in euros a month; `amount`, `per` and `net` are as the person said it.
    """

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._cues = answer_cues(self.lexicon)
        self._numbers = DutchNumbers(self.lexicon["numbers"])

    def extract(self, text: str, message: Message) -> list[Entity]:
        """Give the quantities that are named."""
        sentence = Sentence.of(text, self._cues, self.tokens(text))
        tokens = sentence.tokens
        numbers = self._numbers.find(text, tokens)
        said = [
            item
            for item in said_numbers(sentence, numbers, self._cues)
            if item.own and not sentence.asks(item.number.first)
        ]
        found = []
        for name, quantity in (
            ("hours", hours_a_week(tokens, sentence.own, said, self._cues)),
            ("years", years_in_work(tokens, said, self._cues)),
        ):
            if quantity is not None:
                found.append(self._quantity(name, quantity))
        left = [
            number
            for number in numbers
            if not any(item["start"] <= number.start < item["end"] for item in found)
        ]
        wage = wage_in(sentence, left, self._cues)
        if wage is not None:
            made = self._entity("wage", str(wage.month), wage.start, wage.end)
            found.append({**made, "amount": wage.amount, "per": wage.per, "net": wage.net})
        for name, pattern in (("email", _EMAIL), ("phone", _PHONE)):
            for match in pattern.finditer(text):
                found.append(self._entity(name, match[0], match.start(), match.end()))
        return found

    def _quantity(self, name: str, quantity: Quantity) -> Entity:
        value = f"{round(quantity.value, 2):g}"
        made = self._entity(name, value, quantity.start, quantity.end)
        return {**made, "loose": True} if quantity.loose else made

    def _entity(self, name: str, value: str, start: int, end: int) -> Entity:
        return {
            "entity": name,
            "value": value,
            "start": start,
            "end": end,
            "extractor": type(self).__name__,
        }
