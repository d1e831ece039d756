"""Reads what Telegram sends: which chat, which words, which button. Pure."""

from dataclasses import dataclass

from telegram import Update
from telegram.constants import ChatType

COMMANDS = {
    "/start": "/greet",
    "/help": "/help",
    "/stop": "/goodbye",
    "/privacy": "/ask_privacy",
    "/gegevens": "/export_data",
    "/wis": "/delete_data",
    "/mens": "/request_human",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One thing a person did. `special`: group, no_text or returned, instead of words."""

    chat: str
    message_id: str
    text: str = ""
    payload: str | None = None
    callback_id: str | None = None
    special: str | None = None


def read(update: Update) -> Heard | None:
    """Give what was done, or None when it asks for no answer."""
    message_id = f"tg-{update.update_id}"
    if update.callback_query is not None:
        return _button(update, message_id)
    if update.my_chat_member is not None:
        return _membership(update, message_id)
    message = update.message or update.edited_message
    if message is None:
        return None
    chat = str(message.chat_id)
    if message.chat.type != ChatType.PRIVATE:
        asked = message.text is not None and message.text.startswith("/start")
        return Heard(chat=chat, message_id=message_id, special="group") if asked else None
    if not message.text:
        return Heard(chat=chat, message_id=message_id, special="no_text")
    command = message.text.split()[0].partition("@")[0].lower() if message.text.strip() else ""
    if payload := COMMANDS.get(command):
        return Heard(chat=chat, message_id=message_id, text=message.text, payload=payload)
    return Heard(chat=chat, message_id=message_id, text=message.text)


def _button(update: Update, message_id: str) -> Heard | None:
    query = update.callback_query
    if query is None or query.message is None:
        return None
    data = query.data or ""
    payload = data if data.startswith("/") else None
    text = _title(update, data) if payload else data
    chat = str(query.message.chat.id)
    return Heard(
        chat=chat, message_id=message_id, text=text, payload=payload, callback_id=query.id
    )


def _title(update: Update, data: str) -> str:
    """Give the words on the button, which Telegram sends back with its message."""
    message = update.callback_query and update.callback_query.message
    markup = getattr(message, "reply_markup", None)
    rows = markup.inline_keyboard if markup else ()
    titles = (button.text for row in rows for button in row if button.callback_data == data)
    return next(titles, "")


def _membership(update: Update, message_id: str) -> Heard | None:
    change = update.my_chat_member
    if change is None or change.chat.type != ChatType.PRIVATE:
        return None
    gone = change.new_chat_member.status in ("kicked", "left")
    return Heard(
        chat=str(change.chat.id), message_id=message_id, special="blocked" if gone else "returned"
    )
