"""The words of notices, by event and language."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import Formatter

import msgspec
from msgspec import Struct

from govgauge.office.models import MailPace

FILE = Path(__file__).with_name("notice_texts.toml")
LANGUAGES = ("zh", "en")


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """An event in one language: its `name` for lists of choices, and what a notice says."""

    name: str
    title: str
    text: str


class Event(Struct, frozen=True, forbid_unknown_fields=True):
    """Something that people are told. `mail` is how soon by mail; `group`: the office's messenger is told, too."""

    mail: MailPace
    zh: Words
    en: Words
    group: bool = False

    def words(self, language: str) -> Words:
        """Its words in `zh` or `en`."""
        return self.en if language == "en" else self.zh


@cache
def events() -> Mapping[str, Event]:
    """Every event, in the order of the file."""
    return msgspec.convert(tomllib.loads(FILE.read_text(encoding="utf-8")), dict[str, Event])


def title(event: str, facts: Mapping[str, object], language: str = "zh") -> str:
    """The title of a notice, in one line; the event itself where another version of the program wrote it."""
    known = events().get(event)
    return " ".join(_filled(known.words(language).title, facts).split()) if known else event


def text(event: str, facts: Mapping[str, object], language: str = "zh") -> str:
    """What a notice says."""
    known = events().get(event)
    return _filled(known.words(language).text, facts) if known else ""


def names_in(words: str) -> set[str]:
    """The facts that some words ask for."""
    return {name for _, name, _, _ in Formatter().parse(words) if name}


def _filled(words: str, facts: Mapping[str, object]) -> str:
    return words.format_map({name: facts.get(name, "—") for name in names_in(words)})
