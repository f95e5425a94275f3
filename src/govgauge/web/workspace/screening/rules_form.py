"""The form of a call's rules: its fields, how rules stand in them, and what is read from them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from msgspec import to_builtins

from govgauge.choosing.rubric import rubric
from govgauge.office.case_rules import BonusMode, CaseSettings, Nearness, PanelMode, Ties
from govgauge.office.domain.case_weights import weights_of
from govgauge.office.models import NominationKind, ProofKind
from govgauge.web.display import is_english
from govgauge.web.workspace.nominations import words

PHASES = ("nomination", "panel", "vote")
SEPARATOR = "|"
WEIGHT = "weight_"
"""How the fields of weights begin, before the code of their aspect."""
PLAIN = (
    *(
        "nominated_by",
        "per_subject",
        "correction_days",
        "screeners",
        "apart_from",
        "admitted_from",
        "panel_mode",
        "experts_per_case",
    ),
    *("votes_per_expert", "nearness", "adjusted", "proofs", "votes_per_voter", "public_share", "ties", "lot_seed"),
)
"""Rules that stand in fields of their own names."""


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))


def _lines(label: Any, hint: Any, rows: int) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows, "spellcheck": "false"})
    return forms.CharField(label=label, help_text=hint, required=False, widget=area)


class RulesForm(forms.Form):
    """How cases are nominated, judged, voted for and chosen."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("名称"), max_length=120)
    nomination_starts, nomination_ends = _day(_("推荐开始")), _day(_("推荐截止"))
    panel_starts, panel_ends = _day(_("专家评审开始")), _day(_("专家评审截止"))
    vote_starts, vote_ends = _day(_("公众投票开始")), _day(_("公众投票截止"))
    categories = _lines(_("类别"), _("每行一类：标识 | 名称 | 大类 | 说明。标识用小写字母、数字和连字符。"), 12)
    nominated_by = forms.MultipleChoiceField(
        label=_("谁可以推荐"),
        choices=[(one.value, words.KINDS[one]) for one in NominationKind],
        widget=forms.CheckboxSelectMultiple,
    )
    per_subject = forms.IntegerField(label=_("每个单位最多几件"), min_value=1, max_value=100)
    correction_days = forms.IntegerField(label=_("退回后几天内可以更正"), min_value=0, max_value=60)
    screeners = forms.IntegerField(label=_("每件由几人初评"), min_value=2, max_value=10)
    apart_from = forms.DecimalField(
        label=_("最高和最低相差多少分再加一人"), help_text=_("0 为不加。"), min_value=0, max_value=100
    )
    admitted_from = forms.DecimalField(label=_("均分多少进入终评"), min_value=0, max_value=100)
    panel_mode = forms.ChoiceField(
        label=_("专家评审方式"), choices=[(PanelMode.SCORES.value, _("打分")), (PanelMode.BALLOTS.value, _("投票"))]
    )
    experts_per_case = forms.IntegerField(label=_("每件几位专家"), min_value=1, max_value=50)
    votes_per_expert = forms.IntegerField(label=_("每位专家几票"), min_value=1, max_value=1000)
    nearness = forms.ChoiceField(
        label=_("专家与案例同在哪一级要回避"),
        choices=[
            (Nearness.NONE.value, _("不按地区回避")),
            (Nearness.COUNTY.value, _("同县")),
            (Nearness.CITY.value, _("同市")),
            (Nearness.PROVINCE.value, _("同省")),
        ],
    )
    adjusted = forms.BooleanField(label=_("专家打分按宽严调整后计入"), required=False)
    proofs = forms.MultipleChoiceField(
        label=_("公众投票怎样验证本人"),
        choices=[
            (ProofKind.EMAIL.value, _("邮箱验证码")),
            (ProofKind.PHONE.value, _("手机验证码")),
            (ProofKind.OIDC.value, _("统一身份认证")),
        ],
        widget=forms.CheckboxSelectMultiple,
    )
    votes_per_voter = forms.IntegerField(label=_("每人最多投几件"), min_value=1, max_value=100)
    public_share = forms.DecimalField(
        label=_("公众投票占比"), help_text=_("0 至 1，其余是专家的。"), min_value=0, max_value=1
    )
    chosen = _lines(_("入选数"), _("每行一个大类：大类 | 最多几件 | 最低得分。没有写的大类不限。"), 4)
    ties = forms.ChoiceField(
        label=_("与最后一件同分时"),
        choices=[
            (Ties.ALL.value, _("都入选")),
            (Ties.NONE.value, _("都不入选")),
            (Ties.EXPERTS.value, _("专家部分高的入选")),
            (Ties.LOT.value, _("抽签")),
        ],
    )
    lot_seed = forms.CharField(label=_("抽签的种子（事先公布）"), max_length=100, required=False)
    bonus_mode = forms.ChoiceField(
        label=_("怎样加分"),
        choices=[
            (BonusMode.BEST.value, _("最好的几件相加")),
            (BonusMode.CHOSEN.value, _("每入选一件加分")),
            (BonusMode.NONE.value, _("不加分")),
        ],
    )
    bonus_best = forms.IntegerField(label=_("最好的几件"), min_value=1, max_value=20)
    bonus_per_case = forms.DecimalField(label=_("每入选一件加几分"), min_value=0, max_value=100)
    bonus_full = forms.DecimalField(label=_("最多加几分"), min_value=0, max_value=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        weights = {}
        for one in rubric().dimensions:
            title = one.en if is_english() else one.zh
            label = _("“%(title)s”的权重") % {"title": title}
            weights[WEIGHT + one.code] = forms.DecimalField(
                label=label, min_value=0, max_value=1000, max_digits=9, decimal_places=4
            )
        at = list(self.fields).index("admitted_from") + 1
        names = [*list(self.fields)[:at], *weights, *list(self.fields)[at:]]
        self.fields |= weights
        self.order_fields(names)

    def clean(self) -> dict[str, Any]:
        """The fields; at least one weight is above 0."""
        told = super().clean() or {}
        weights = [told.get(WEIGHT + code) for code in rubric().codes]
        if not any(weight is None or weight > 0 for weight in weights):
            self.add_error(WEIGHT + rubric().codes[0], _("权重不能全为 0。"))
        return told


def shown_in(rules: CaseSettings) -> dict[str, object]:
    """Rules as the fields show them."""
    told = to_builtins(rules)
    made: dict[str, object] = {name: told[name] for name in PLAIN}
    made |= {WEIGHT + code: f"{weight.normalize():f}" for code, weight in weights_of(rules).items()}
    for name in PHASES:
        days = getattr(rules, name)
        made |= {f"{name}_starts": days and days.starts, f"{name}_ends": days and days.ends}
    made["categories"] = "\n".join(
        " | ".join(filter(None, (one.slug, one.name, one.family, one.about))) for one in rules.categories
    )
    made["chosen"] = "\n".join(f"{one.family} | {one.most} | {one.least_total.normalize():f}" for one in rules.chosen)
    return made | {f"bonus_{name}": value for name, value in told["bonus"].items()}


def settings_of(told: Mapping[str, Any]) -> dict[str, object]:
    """What the fields say, as settings of `CaseSettings`; what cannot be understood is told by its checks."""
    made: dict[str, object] = {name: _plain(told[name]) for name in PLAIN}
    weights = {code: told[WEIGHT + code] for code in rubric().codes}
    made["weights"] = {} if len(set(weights.values())) == 1 else {code: str(one) for code, one in weights.items()}
    for name in PHASES:
        starts, ends = told[f"{name}_starts"], told[f"{name}_ends"]
        made[name] = {"starts": str(starts or ends), "ends": str(ends or starts)} if starts or ends else None
    made["categories"] = [
        dict(zip(("slug", "name", "family", "about"), _parts(line, 4), strict=False))
        for line in _written(told["categories"])
    ]
    made["chosen"] = [
        dict(zip(("family", "most", "least_total"), _parts(line, 3), strict=False)) for line in _written(told["chosen"])
    ]
    made["bonus"] = {name: _plain(told[f"bonus_{name}"]) for name in ("mode", "best", "per_case", "full")}
    return made


def names_of(names: Iterable[str]) -> list[str]:
    """The rules that differ, in words."""
    labels = {name: str(field.label) for name, field in RulesForm.base_fields.items()}
    phases = {
        "nomination": _("推荐时间"),
        "panel": _("专家评审时间"),
        "vote": _("公众投票时间"),
        "bonus": _("加分办法"),
        "weights": _("评分各项的权重"),
    }
    return [labels.get(name) or str(phases.get(name, name)) for name in names]


def _written(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _parts(line: str, most: int) -> list[str]:
    return [part.strip() for part in line.replace("｜", SEPARATOR).split(SEPARATOR, most - 1)]


def _plain(value: Any) -> Any:
    return value if isinstance(value, (bool, int, str, list)) else str(value)
