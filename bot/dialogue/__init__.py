"""The dialogue on Rasa, which imports more than we install: the stand-ins come before it."""

from bot.without_tensorflow import install

install()
