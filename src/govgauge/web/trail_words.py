"""The words of the audit trail: verbs, records, fields. What has none is shown by its code."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

YES, NO = _("是"), _("否")
VERBS: dict[str, Promise] = {
    "person.add": _("建立账号"),
    "person.change": _("修改个人资料"),
    "person.end": _("停用账号"),
    "person.reopen": _("恢复账号"),
    "person.drop-second-factors": _("清除双重验证"),
    "role.give": _("给出角色"),
    "role.end": _("收回角色"),
    "invitation.send": _("发出邀请"),
    "invitation.send-again": _("重发邀请"),
    "invitation.withdraw": _("撤回邀请"),
    "invitation.accept": _("接受邀请"),
    "registration.draft": _("起草报名"),
    "registration.change": _("修改报名"),
    "registration.submit": _("提交报名"),
    "registration.return": _("退回报名"),
    "registration.accept": _("受理报名"),
    "registration.withdraw": _("撤回报名"),
    "upload.add": _("上传文件"),
    "upload.remove": _("移除文件"),
}
TOPICS: dict[str, Promise] = {
    "Person": _("人员"),
    "Role": _("角色"),
    "Invitation": _("邀请"),
    "Registration": _("报名"),
    "RegistrationStep": _("报名进度"),
    "Upload": _("文件"),
    "Entry": _("评估对象"),
    "Round": _("评估"),
}
FIELDS: dict[str, Promise] = {
    "id": _("编号"),
    "email": _("邮箱"),
    "name": _("姓名或名称"),
    "organisation": _("单位"),
    "phone": _("电话"),
    "is_active": _("在用"),
    "password": _("密码"),
    "person": _("人员"),
    "kind": _("种类"),
    "round": _("评估"),
    "scope": _("范围"),
    "given_at": _("给出时间"),
    "ended_at": _("收回时间"),
    "expires_at": _("有效至"),
    "token_hash": _("链接"),
    "invited_by": _("邀请人"),
    "invited_at": _("邀请时间"),
    "accepted_at": _("接受时间"),
    "accepted_by": _("接受人"),
    "withdrawn_at": _("撤回时间"),
    "joined_at": _("加入时间"),
    "last_login": _("最近登录"),
    "second_factors": _("双重验证"),
    "version": _("版本"),
}
