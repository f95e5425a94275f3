"""The words of the panel's pages for values of the records; their English stands in the catalogue."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from govgauge.office.models import TieKind

TIES: dict[str, Promise] = {
    TieKind.DECLARED: _("本人申报"),
    TieKind.EMPLOYER: _("工作单位"),
    TieKind.REGION: _("所在地区"),
    TieKind.DOMAIN: _("邮箱域名"),
    TieKind.OFFICE: _("办公室认定"),
    TieKind.NOMINATED: _("本人推荐"),
}
