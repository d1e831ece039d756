"""Finds e-mail addresses, also those written in words to fool a machine."""

import re

_PLAIN = re.compile(r"[\w.+%'’-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}")
_SPACED = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64} {0,2}@ {0,2}[\w-]{1,63}(?: {0,2}[.,] {0,2}[a-z]{2,12}\b){1,3}",
    re.I,
)
_NOT_LOCAL = (
    r"(?!(?:is|naar|op|via|adres|mail|e-mail|email|mij|me|en|of|dus|het|mailen|kan|bij)\b)"
)
_DOT = r"(?: {1,2}(?:punt|dot|\.) {1,2}| ?\((?:punt|dot)\) ?|\.)"
_PART = r"\w[\w+'’-]{0,40}"
_AT = r"(?: {1,2}(?:at|ad|apenstaart(?:je)?|apestaart(?:je)?) {1,2}| ?[\[({]at[\])}] ?| ?@ ?)"
_WORDS = re.compile(
    rf"(?<![\w.+-]){_NOT_LOCAL}{_PART}(?:{_DOT}{_PART}){{0,3}}{_AT}"
    rf"{_PART}(?:{_DOT}{_PART}){{0,2}}{_DOT}(?:nl|com|net|org|eu|be|de|fr|info|me|io|co|co\.uk)(?![\w.-]\w)(?!\w)",
    re.I,
)


def mask_mail(text: str) -> str:
    """Give the text with e-mail addresses masked."""
    text = _WORDS.sub("[e-mail]", text)
    text = _SPACED.sub("[e-mail]", text)
    return _PLAIN.sub("[e-mail]", text)
