"""What is asked when somebody is invited or given a role."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from govgauge.office.domain.acting import Acting
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import Person, RoleKind, Round
from govgauge.office.queries.people import rounds_of
from govgauge.web.words import ROLES


class RoleForm(forms.Form):
    """A role with its round and scope."""

    kind = forms.ChoiceField(
        label=_("角色"), choices=lambda: [("", _("请选择")), *((kind.value, ROLES[kind]) for kind in RoleKind)]
    )
    round = forms.ModelChoiceField(
        Round.objects.none(),
        label=_("评估"),
        required=False,
        empty_label=_("所有评估"),
        help_text=_("只在一次评估中有效，或在所有评估中有效。"),
    )
    scope = forms.CharField(
        label=_("代表的单位或地区"),
        required=False,
        max_length=200,
        help_text=_("仅被评估单位和地区主管填写；输入名称的一部分，从名单中选择。"),
        widget=forms.TextInput(
            attrs={
                "list": "scope-options",
                "autocomplete": "off",
                "hx-get": reverse_lazy("scopes"),
                "hx-trigger": "input changed delay:300ms",
                "hx-include": "[name=round]",
                "hx-target": "#scope-options",
            }
        ),
    )

    def __init__(self, acting: Acting, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = rounds_of(acting, Verb.MANAGE_PEOPLE)
        rounds = Round.objects.order_by("-id")
        field: Any = self.fields["round"]
        field.queryset = rounds if mine is None else rounds.filter(id__in=mine)
        field.label_from_instance = lambda round_: round_.title
        if mine is not None:
            field.empty_label, field.required = None, True

    def asked(self) -> dict[str, Any]:
        """The role as the office takes it."""
        told = self.cleaned_data
        return {"kind": RoleKind(told["kind"]), "round_": told["round"], "scope": told["scope"].strip()}


class InvitationForm(RoleForm):
    """A role, and to whom the invitation goes."""

    email = forms.EmailField(label=_("邮箱"), max_length=254, help_text=_("邀请链接发到这个邮箱。"))
    name = forms.CharField(label=_("姓名"), max_length=60)
    field_order = ("email", "name", "kind", "round", "scope")


class AccountForm(forms.Form):
    """The account that an invitation makes."""

    name = forms.CharField(label=_("姓名"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(
        label=_("密码"),
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("至少十个字符，不能只有数字，不能太常见。"),
    )
    again = forms.CharField(
        label=_("再输一次密码"),
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, email: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._email = email

    def clean(self) -> dict[str, Any]:
        """Both times the same password, and none that is easily guessed."""
        told: dict[str, Any] = super().clean() or {}
        password = told.get("password", "")
        if password and told.get("again") and password != told["again"]:
            self.add_error("again", _("两次输入的密码不同，请重新输入。"))
        if password:
            try:
                validate_password(password, Person(email=self._email, name=told.get("name", "")))
            except ValidationError as error:
                self.add_error("password", error)
        return told
