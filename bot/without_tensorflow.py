"""Lets Rasa 3.6 import where TensorFlow is not installed.

Rasa's `rasa.utils.train_utils`, the DIET and TED modules and `default_components` import
TensorFlow at their top, also when no component of ours uses it. TensorFlow is 2 GB and has no
build that fits Rasa on CPython 3.12. `install()` puts a finder on `sys.meta_path` that answers
those imports with modules whose every attribute is one inert class: enough to be subclassed, used
as annotation or decorator, never enough to compute with. Call it before the first Rasa import.
"""

import importlib.abc
import importlib.machinery
import os
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any

_NAMES = (
    *("tensorflow", "tensorflow_hub", "tensorflow_text", "tensorflow_addons", "keras"),
    # Of Rasa's own channels and stores, which we do not use but which it imports at its top.
    *("aiogram", "boto3", "twilio"),
)


class _InertType(type):
    """Class whose unknown attributes are inert classes too, so `tf.keras.layers.Layer` is one."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Inert

    def __or__(cls, other: Any) -> Any:
        return cls

    def __ror__(cls, other: Any) -> Any:
        return cls


class _Inert(metaclass=_InertType):
    """Stands for any class, function or constant of TensorFlow."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take anything: subclasses in Rasa call it with their own arguments."""

    def __call__(self, function: Any = None, *args: Any, **kwargs: Any) -> Any:
        return function

    def __class_getitem__(cls, item: Any) -> Any:
        return cls


def _identity_decorator(function: Any = None, **kwargs: Any) -> Any:
    return function if callable(function) else (lambda decorated: decorated)


class _InertModule(ModuleType):
    __path__: list[str] = []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _identity_decorator if name == "function" else _Inert


class _Loader(importlib.abc.Loader):
    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        return _InertModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        module.__version__ = "0"  # type: ignore[attr-defined]
        # Matplotlib asks this of everything it draws, once a module of this name is there.
        module.is_tensor = lambda _: False  # type: ignore[attr-defined]


class _Finder(importlib.abc.MetaPathFinder):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname.partition(".")[0] not in _NAMES:
            return None
        return importlib.machinery.ModuleSpec(fullname, _Loader(), is_package=True)


def install() -> None:
    """Make `import tensorflow` harmless where it is not installed; the second call does nothing."""
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    if any(isinstance(finder, _Finder) for finder in sys.meta_path):
        return
    # The last to be asked: what is installed is found before.
    sys.meta_path.append(_Finder())
