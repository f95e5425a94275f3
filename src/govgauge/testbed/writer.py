"""Writing official-sounding texts from our own vocabulary, the same ones for the same seed."""

import tomllib
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

import msgspec
from msgspec import Struct

from govgauge import lazy_re

WORDS = Path(__file__).parent / "words"
NUMERALS = "零一二三四五六七八九十"
SLOT = lazy_re.compile(r"\{(\w+)\}")


class Field(Struct, frozen=True):
    """A field of work with its office, the theme under which it is filed, and works as noun phrases."""

    name: str
    office: str
    theme: str
    works: tuple[str, ...]


class Names(Struct, frozen=True):
    towns: tuple[str, ...]
    surnames: tuple[str, ...]
    given: tuple[str, ...]
    measures: tuple[str, ...]
    friends: tuple[str, ...]


@cache
def fields() -> tuple[Field, ...]:
    return msgspec.convert(_toml("works")["fields"], type=tuple[Field, ...])


@cache
def names() -> Names:
    return msgspec.convert(_toml("names"), type=Names)


@cache
def titles() -> dict[str, tuple[str, ...]]:
    return msgspec.convert(_toml("titles"), type=dict[str, tuple[str, ...]])


@cache
def sentences() -> dict[str, tuple[str, ...]]:
    return msgspec.convert(_toml("sentences"), type=dict[str, tuple[str, ...]])


def _toml(name: str) -> dict[str, object]:
    with (WORDS / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


class Topic(Struct, frozen=True):
    """What one text is about, so that title and sentences speak of the same."""

    field: Field
    work: str
    town: str
    day: date


class Writer:
    """Writes titles and texts for one body. Titles never come twice."""

    def __init__(self, random: Random, *, area: str, body: str, phone: str, office: str = "") -> None:
        """`area` is the place (青禾市), `body` the issuing body, `office` the only office of a department's site."""
        self.random = random
        self.area, self.body, self.phone, self.office = area, body, phone, office
        self._used: set[str] = set()

    def topic(self, day: date) -> Topic:
        field = self.random.choice(fields())
        return Topic(field, self.random.choice(field.works), self.random.choice(names().towns), day)

    def title(self, kind: str, day: date) -> tuple[str, Topic]:
        """A title that was not used before, and what it is about."""
        forms = titles()[kind if kind in titles() else "notice"]
        for attempt in range(500):
            topic = self.topic(day)
            text = self.fill(self.random.choice(forms), topic)
            if attempt > 200:
                text = f"{text}（第{attempt - 200}期）"
            if text not in self._used:
                self._used.add(text)
                return text, topic
        raise RuntimeError("the vocabulary is exhausted")

    def text(self, kind: str, topic: Topic, paragraphs: int = 4) -> list[str]:
        """So many paragraphs of two or three sentences; policies and notices go one article a paragraph."""
        known = sentences()[kind if kind in sentences() else "news"]
        if kind in ("policy", "notice", "plans"):
            count = min(len(known), max(paragraphs, 5))
            chosen = [known[place] for place in sorted(self.random.sample(range(len(known)), count))]
            return [self.fill(form, topic, nth=number) for number, form in enumerate(chosen, 1)]
        order = self.random.sample(known, min(len(known), paragraphs * 3))
        per = max(1, len(order) // paragraphs)
        return ["".join(self.fill(form, topic) for form in order[at : at + per]) for at in range(0, len(order), per)]

    def fill(self, form: str, topic: Topic, nth: int = 1) -> str:
        """A form with its slots filled."""
        chosen = names()
        others = [town for town in chosen.towns if town != topic.town]
        measure, measure2 = self.random.sample(chosen.measures, 2)
        day = topic.day - timedelta(days=self.random.randint(1, 5))
        values: dict[str, object] = {
            "area": self.area,
            "body": self.body,
            "office": self.office or self.area_office(topic),
            "field": topic.field.name,
            "work": topic.work,
            "work2": self.random.choice([work for work in topic.field.works if work != topic.work]),
            "town": topic.town,
            "town2": self.random.choice(others),
            "year": topic.day.year,
            "month": max(1, topic.day.month - 1),
            "day": f"{day.month}月{day.day}日",
            "number": self.random.randint(12, 980),
            "number2": self.random.randint(120, 4800),
            "few": self.random.randint(3, 9),
            "percent": self.random.randint(51, 97),
            "person": self.person(),
            "phone": self.phone,
            "measure": measure,
            "measure2": measure2,
            "nth": chinese(nth),
        }
        return SLOT.sub(lambda match: str(values[match[1]]), form)

    def area_office(self, topic: Topic) -> str:
        return f"{self.area[-1]}{topic.field.office}"

    def person(self) -> str:
        return self.random.choice(names().surnames) + self.random.choice(names().given)


def chinese(number: int) -> str:
    """1…99 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    if tens == 0:
        return NUMERALS[ones]
    return f"{NUMERALS[tens] if tens > 1 else ''}十{NUMERALS[ones] if ones else ''}"


def identity_number(first: str) -> str:
    """Seventeen digits of an identity number with their check character (GB 11643—1999)."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return first + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(first, weights, strict=True)) % 11]
