"""The settings of a round: how its sites are visited, and by which policy it ranks."""

import json

import msgspec

from govgauge.errors import Unusable
from govgauge.office.domain.setting_faults import told
from govgauge.office.models import Round
from govgauge.office.settings import SiteSettings


def settings_of(text: str) -> dict[str, object]:
    """Settings given as JSON, checked. Raises Unusable."""
    try:
        value = json.loads(text or "{}")
    except ValueError as error:
        raise Unusable(f"设置不是 JSON：{error} (settings are no JSON).") from None
    if not isinstance(value, dict):
        raise Unusable("设置应是一组键值 (settings must be an object).")
    checked(value)
    return value


def checked(value: dict[str, object]) -> SiteSettings:
    """Settings as values. Raises Unusable."""
    try:
        return msgspec.convert(value, SiteSettings)
    except msgspec.ValidationError as error:
        raise Unusable(f"{told(error)} (unusable settings).") from None


def of(round_: Round) -> SiteSettings:
    """The settings of a round. Raises Unusable."""
    return checked(round_.settings)
