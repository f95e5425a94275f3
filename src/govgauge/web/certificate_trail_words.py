"""The words of the audit trail for certificates and the keys that sign them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, Promise] = {
    "certificate.issue": _("颁发证书"),
    "certificate.revoke": _("撤销证书"),
    "certificate.replace": _("证书：已换发"),
    "certificate.reissue": _("换发证书"),
    "signing-key.make": _("启用签名密钥"),
}
TOPICS: dict[str, Promise] = {"Certificate": _("证书"), "SigningKey": _("签名密钥")}
FIELDS: dict[str, Promise | str] = {
    "award": _("对应的结果"),
    "certificates": _("证书数"),
    "code": _("证书编号"),
    "first": _("从"),
    "holder": _("持证单位"),
    "issued_on": _("颁发日期"),
    "key_id": _("密钥编号"),
    "last": _("到"),
    "public": _("公钥"),
    "replaces": _("代替"),
    "serial": _("顺序号"),
    "signature": _("电子签名"),
    "statement": _("证书内容"),
    "title": _("称号"),
    "year": _("年度"),
}
