"""Masks what identifies a person before it is stored or logged.

Kept on purpose: places, postcodes, wages, years and hours, which the advice needs; and public
numbers such as 112, 113 and 0800. Every pattern is bounded, so the time grows with the text only.
"""

import re
from collections.abc import Iterable

from bot.privacy.addresses import mask_addresses
from bot.privacy.mail import mask_mail
from bot.privacy.names import mask_names
from bot.privacy.numbers import is_bsn, is_iban, mask_numbers

__all__ = ["is_bsn", "is_iban", "mask", "mask_these"]

_STEPS = (mask_mail, mask_numbers, mask_addresses, mask_names)


def mask(text: str) -> str:
    """Give the text with e-mail, IBAN, BSN, telephone, street address and told names masked.

    Masking a masked text changes nothing: what one mask uncovers is masked in a next pass. This
    ends, as each pass but the last takes away characters that are not part of a mask.
    """
    before = None
    while text != before:
        before = text
        for step in _STEPS:
            text = step(text)
    return text


def mask_these(text: str, values: Iterable[str | None]) -> str:
    """Give the text without these e-mail addresses, telephone numbers and names of one person."""
    for value in sorted(filter(None, values), key=len, reverse=True):
        mark = "[e-mail]" if "@" in value else "[telefoon]" if value[-1].isdigit() else "[naam]"
        text = re.sub(rf"(?<!\w){re.escape(value)}(?!\w)", mark, text)
    return text
