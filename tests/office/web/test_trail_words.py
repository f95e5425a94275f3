"""The trail is readable: every verb, every kind of record and every field that enters it has words."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from everything import everything

import govgauge.office
from govgauge.office.models import (
    BatchStepKind,
    CaseStepKind,
    Change,
    CodingStepKind,
    FieldStepKind,
    ObjectionState,
    PublicationState,
    RemedyStepKind,
    Verdict,
)
from govgauge.web.templatetags.trail import field_words
from govgauge.web.trail_words import TOPICS, VERBS

pytestmark = pytest.mark.usefixtures("settings_home")
ROOMS = Path(govgauge.office.__file__).parents[1]
OF_KIND = {
    "case": CaseStepKind,
    "coding": CodingStepKind,
    "collection": BatchStepKind,
    "field-test": FieldStepKind,
    "objection": ObjectionState,
    "publication": PublicationState,
    "remedy": RemedyStepKind,
    "review": Verdict,
}
"""Verbs that are made of a kind of step: what stands before the point, and the kinds."""
VERB = re.compile(r"[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*")


def test_every_verb_of_the_trail_has_words() -> None:
    used = set(verbs())
    assert len(used) > 80
    assert used - set(VERBS) == set()


def test_every_record_and_field_of_the_trail_has_words() -> None:
    everything("首页栏目点开后没有内容")
    assert set(Change.objects.values_list("topic", flat=True)) - set(TOPICS) == set()
    models = {model.__name__: model for model in apps.get_app_config("office").get_models()}
    bare = {
        f"{topic}.{field.attname}"
        for topic in TOPICS.keys() - {"Round", "Entry"}
        for field in models[topic]._meta.concrete_fields
        if field_words(field.attname) == field.attname
    }
    assert bare == set()


def verbs() -> Iterator[str]:
    """What the code writes into the trail."""
    for path in (*(ROOMS / "office").rglob("*.py"), *(ROOMS / "web").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in {"noted", "noted_plainly", "_note"}:
                yield from _of(tree, call)


def _of(tree: ast.Module, call: ast.Call) -> Iterator[str]:
    for given in call.args[1:3]:
        for part in (given.body, given.orelse) if isinstance(given, ast.IfExp) else (given,):
            match part:
                case ast.Constant(str(verb)):
                    yield verb
                case ast.JoinedStr([ast.Constant(str(start)), ast.FormattedValue()]):
                    yield from (f"{start}{kind.value}" for kind in OF_KIND[start.removesuffix(".")])
                case ast.Name("verb"):
                    told = [one.value for one in ast.walk(tree) if isinstance(one, ast.Constant)]
                    yield from (one for one in told if isinstance(one, str) and VERB.fullmatch(one))
