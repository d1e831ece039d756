"""Makes what a person types fit to store and to show: without what cannot be seen or stored."""

import re
import unicodedata

# Controls but tab and newline, lone surrogates, direction overrides, zero-width signs and the byte
# order mark. The joiner and the variation selectors of emoji stay.
_NEVER_SEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"
    "\ud800-\udfff\ufff9-\uffff]"
)


def plain(text: str) -> str:
    """Give the text in Unicode's composed form, as PostgreSQL can store it and a page may show it."""
    return unicodedata.normalize("NFC", _NEVER_SEEN.sub("", text.replace("\r\n", "\n")))
