"""The words of the screen for kinds and groups of cases, for the ways of a search and for how checks are answered."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from govgauge.case_library.model import CaseGroup, CaseKind
from govgauge.case_library.searching import Way
from govgauge.systems.model import Method

KINDS: dict[str, Promise] = {CaseKind.DIGITAL: _("数字政府类"), CaseKind.SITE: _("政府网站类")}
GROUPS: dict[str, Promise] = {
    CaseGroup.MINISTRY: _("部委"),
    CaseGroup.PROVINCE: _("省级"),
    CaseGroup.CITY: _("城市"),
    CaseGroup.COUNTY: _("区县"),
    CaseGroup.ZONE: _("开发区"),
}
LOOSER: dict[str, Promise] = {
    Way.WORDS: _("没有完全相符的案例；以下案例含有同样的词。"),
    Way.SOUND: _("没有完全相符的案例；以下案例读音相同。"),
    Way.NEAR: _("没有完全相符的案例；以下案例写法相近。"),
}
"""What is said when the stricter ways found nothing."""
METHODS: dict[str, Promise] = {
    Method.AUTO: _("程序检查"),
    Method.ASSISTED: _("程序建议，人工核定"),
    Method.MANUAL: _("人工"),
    Method.FIELD: _("实测"),
    Method.EXPERT: _("专家评审"),
    Method.VOTE: _("投票"),
}
