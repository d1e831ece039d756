"""A server that has started does not look through its model and catalogue for garbage."""

import gc

from bot.dialogue.agent import keep_what_is_loaded


def test_what_is_loaded_is_left_alone_and_what_comes_after_is_not() -> None:
    keep_what_is_loaded()
    try:
        kept = gc.get_freeze_count()
        assert kept > 0
        loop: list[object] = []
        loop.append(loop)
        del loop
        assert gc.collect() >= 1
        assert gc.get_freeze_count() == kept
    finally:
        gc.unfreeze()
