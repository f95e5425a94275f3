"""The Chinese words for kinds and groups of cases."""

from govgauge.case_library.model import CaseGroup, CaseKind

KINDS: dict[CaseKind, str] = {CaseKind.DIGITAL: "数字政府类", CaseKind.SITE: "政府网站类"}
GROUPS: dict[CaseGroup, str] = {
    CaseGroup.MINISTRY: "部委",
    CaseGroup.PROVINCE: "省级",
    CaseGroup.CITY: "城市",
    CaseGroup.COUNTY: "区县",
    CaseGroup.ZONE: "开发区",
}
