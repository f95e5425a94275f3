"""Registering for a round: drafted, saved as one types, submitted, returned with a reason, corrected, withdrawn."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from govgauge.errors import GovgaugeError, Unusable
from govgauge.gather import urls
from govgauge.office.domain import notices, stages, uploads
from govgauge.office.domain.acting import Acting, noted
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import (
    Entry,
    Registration,
    RegistrationStep,
    RegistrationStepKind,
    Round,
    RoundState,
    StageKind,
    Upload,
)
from govgauge.subjects.keys import key_of, name_in, parent_in

FIELDS = {
    "site_name": "网站名称",
    "url": "网站网址",
    "supervising": "主管单位",
    "hosting": "主办单位",
    "running": "承办单位",
    "contact": "联系人姓名",
    "post": "联系人职务",
    "work_phone": "工作电话",
    "mobile": "手机号码",
    "email": "电子邮箱",
    "address": "通讯地址",
}
"""The fields of the form, in its order."""
NOT_NEEDED = frozenset({"running"})
"""Many sites are run by those who host them."""
OPEN = frozenset({RegistrationStepKind.DRAFTED, RegistrationStepKind.RETURNED, RegistrationStepKind.WITHDRAWN})
"""Where the form may be changed."""
UNDER_REVIEW = frozenset({RegistrationStepKind.SUBMITTED, RegistrationStepKind.CORRECTED})


class ChangedMeanwhile(GovgaugeError):
    """Somebody else changed the form since it was shown. `theirs` are the fields in which it differs, as they are."""

    def __init__(self, current: Registration, theirs: dict[str, str]) -> None:
        super().__init__(
            "别人刚刚修改过这份报名表；下面标出了不同之处，请核对后再保存 (changed by somebody else meanwhile)."
        )
        self.current = current
        self.theirs = theirs


def state_of(registration: Registration) -> RegistrationStepKind:
    """The last thing that happened to it."""
    last = registration.steps.order_by("-id").values_list("kind", flat=True).first()
    return RegistrationStepKind(last or RegistrationStepKind.DRAFTED)


def entry_of(registration: Registration) -> Entry | None:
    """The body in the lists of the round: also one that came into them after the form was begun.

    A body with several sites has an entry for each: that with the site of the form, if there is one.
    """
    own = registration.round.entries.filter(key=registration.key).order_by("id")
    same = own.filter(url=urls.canonical(registration.url)).first() if urls.is_web(registration.url) else None
    return same or registration.entry or own.first()


def is_open(round_: Round) -> str:
    """Why nobody can register for a round today; empty when they can."""
    if round_.state == RoundState.FROZEN:
        return f"“{round_.title}”已冻结，不能再报名 (the round is frozen)."
    days = stages.of(round_).get(StageKind.REGISTRATION)
    if days is None or days.starts <= stages.today() <= days.ends:
        return ""
    return (
        f"“{round_.title}”的报名时间是 {days.starts} 至 {days.ends}，现在不能报名；如有疑问请联系评估办公室 "
        "(not within the days of registration)."
    )


def why_closed(registration: Registration) -> str:
    """Why a form cannot be handed in today; empty when it can. What the office returned may be corrected after the
    days of registration, too, since it may be returned after them."""
    round_ = registration.round
    if round_.state != RoundState.FROZEN and state_of(registration) == RegistrationStepKind.RETURNED:
        return ""
    return is_open(round_)


@transaction.atomic
def draft(acting: Acting, round_: Round, key: str) -> Registration:
    """Begin a registration of a body, in the round's lists or new below a parent. Raises NotAllowed, Unusable."""
    key = "/".join(part.strip() for part in key.split("/") if part.strip())
    acting.need(Verb.REGISTER, round_=round_, key=key)
    _need_stage(round_)
    if not key or len(key) > 200:
        raise Unusable("请填写单位名称和上级名称，合计不超过 200 字 (name and parent are needed).")
    made = Registration(round=round_, key=key, parent=parent_in(key), name=name_in(key)[:120])
    made.entry = entry_of(made)
    made.url = made.entry.url if made.entry else ""
    try:
        with transaction.atomic(), noted(acting, "registration.draft", made, round_=round_, entry=made.entry):
            made.save()
    except IntegrityError:
        raise Unusable(f"“{key}”在这次评估中已有报名表；请在报名名单中打开 (there is one already).") from None
    _step(acting, made, RegistrationStepKind.DRAFTED)
    return made


@transaction.atomic
def save(acting: Acting, registration: Registration, fields: Mapping[str, str], seen: int) -> Registration:
    """Keep what somebody typed; `seen` is the version that they typed over.

    Raises ChangedMeanwhile when another person changed a field that they changed, too; NotAllowed; Unusable.
    """
    current = _locked(acting, registration)
    _need_open(current)
    typed = {name: value.strip()[: _longest(name)] for name, value in fields.items() if name in FIELDS}
    wanted = {name: value for name, value in typed.items() if getattr(current, name) != value}
    if not wanted:
        return current
    if seen != current.version:
        raise ChangedMeanwhile(current, {name: getattr(current, name) for name in wanted})
    with noted(acting, "registration.change", current, round_=current.round, entry=current.entry, typed=True):
        for name, value in wanted.items():
            setattr(current, name, value)
        current.version += 1
        current.save(update_fields=[*wanted, "version"])
    return current


@transaction.atomic
def put_letter(acting: Acting, registration: Registration, upload: Upload | None) -> Registration:
    """Put the sealed letter to the form, or take it away. Raises NotAllowed, Unusable."""
    current = _locked(acting, registration)
    _need_open(current)
    if upload is not None and (upload.purpose != uploads.LETTER or upload.round_id != current.round_id):
        raise Unusable("这不是为这次报名上传的公函；请重新上传 (not a letter of this registration).")
    with noted(acting, "registration.change", current, round_=current.round, entry=current.entry):
        current.letter = upload
        current.save(update_fields=["letter"])
    return current


@transaction.atomic
def submit(acting: Acting, registration: Registration) -> Registration:
    """Hand it in. Raises NotAllowed, or Unusable with a sentence for each thing that is missing."""
    current = _locked(acting, registration)
    state = state_of(current)
    _need_open(current)
    if missing := faults(current):
        raise Unusable("；".join(missing) + " (the form is not complete).")
    kind = RegistrationStepKind.CORRECTED if state == RegistrationStepKind.RETURNED else RegistrationStepKind.SUBMITTED
    with noted(acting, "registration.submit", current, round_=current.round, entry=current.entry):
        current.url = urls.canonical(current.url)
        current.version += 1
        current.save(update_fields=["url", "version"])
    _step(acting, current, kind)
    _tell_office(current)
    return current


@transaction.atomic
def withdraw(acting: Acting, registration: Registration, reason: str = "") -> Registration:
    """Take it back before it is decided. Raises NotAllowed, Unusable."""
    current = _locked(acting, registration)
    if state_of(current) not in UNDER_REVIEW:
        raise Unusable("只有已提交、还没有受理的报名可以撤回 (only while it is under review).")
    _step(acting, current, RegistrationStepKind.WITHDRAWN, reason)
    return current


def faults(registration: Registration) -> list[str]:
    """What a form lacks before it can be handed in, a clause for each."""
    found = [
        f"请填写{words}" for name, words in FIELDS.items() if name not in NOT_NEEDED and not getattr(registration, name)
    ]
    url = registration.url
    if url and not (urls.is_web(url) and "." in (urls.host(url) or "")):
        found.append("网站网址请写成 http://www.example.gov.cn/")
    if registration.email and not _is_email(registration.email):
        found.append("电子邮箱不正确，请写成 name@example.gov.cn")
    if registration.letter_id is None:
        found.append("请上传盖章的报名表")
    return found


def form_of(registration: Registration) -> dict[str, str]:
    """The form as text, in its order, with the name of its letter."""
    told = {name: str(getattr(registration, name)) for name in FIELDS}
    return {**told, "letter": registration.letter.name if registration.letter else ""}


def add_step(acting: Acting, registration: Registration, kind: RegistrationStepKind, reason: str = "") -> None:
    """Write down what was decided, in the transaction of the decision."""
    _step(acting, registration, kind, reason)


def proposed(parent: str, name: str) -> str:
    """The key of a county that is in no list."""
    return key_of(parent.strip().strip("/"), name.strip().replace("/", ""))


def _locked(acting: Acting, registration: Registration) -> Registration:
    acting.need(Verb.REGISTER, round_=registration.round, key=registration.key)
    related = Registration.objects.select_related("round", "entry", "letter")
    return related.select_for_update(of=("self",)).get(pk=registration.pk)


def _need_open(registration: Registration) -> None:
    state = state_of(registration)
    if state not in OPEN:
        raise Unusable(
            f"这份报名表{state.label}，不能修改；需要修改的，请先撤回或联系评估办公室 (it is {state.value})."
        )
    if told := why_closed(registration):
        raise stages.OutOfStage(told)


def _need_stage(round_: Round) -> None:
    if told := is_open(round_):
        raise stages.OutOfStage(told)


def _step(acting: Acting, registration: Registration, kind: RegistrationStepKind, reason: str = "") -> None:
    made = RegistrationStep(registration=registration, kind=kind, by=acting.person, reason=reason.strip()[:1000])
    made.form = form_of(registration)
    verb = f"registration.{VERBS[kind]}"
    with noted(acting, verb, made, round_=registration.round, entry=registration.entry, reason=made.reason):
        made.save()


VERBS = {
    RegistrationStepKind.DRAFTED: "draft",
    RegistrationStepKind.SUBMITTED: "submit",
    RegistrationStepKind.CORRECTED: "submit",
    RegistrationStepKind.RETURNED: "return",
    RegistrationStepKind.ACCEPTED: "accept",
    RegistrationStepKind.WITHDRAWN: "withdraw",
}


def _tell_office(registration: Registration) -> None:
    round_ = registration.round
    notices.tell(
        notices.who_may(Verb.DECIDE_REGISTRATION, round_),
        "registration-submitted",
        {"body": registration.key, "round": round_.title},
        address=f"/rounds/{round_.slug}/registrations/{registration.pk}/",
        round_=round_,
    )


def _longest(name: str) -> int:
    return int(getattr(Registration._meta.get_field(name), "max_length", 0))  # noqa: SLF001 - Django's public way


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
