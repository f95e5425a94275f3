"""Under which terms the data may be used, as the office has set it."""

from django.conf import settings
from msgspec import Struct

TERMS = {
    "CC-BY-4.0": ("https://creativecommons.org/licenses/by/4.0/", "知识共享 署名 4.0 国际", "CC BY 4.0"),
    "CC0-1.0": ("https://creativecommons.org/publicdomain/zero/1.0/", "知识共享 CC0 1.0 公有领域", "CC0 1.0"),
    "ODC-By-1.0": ("https://opendatacommons.org/licenses/by/1-0/", "开放数据共用 署名 1.0", "ODC-By 1.0"),
}


class Licence(Struct, frozen=True):
    """The terms: where they stand and what they are called. `key` is empty for terms of the office's own."""

    key: str
    address: str
    zh: str
    en: str


def licence() -> Licence:
    """That of the settings."""
    said = settings.OPEN_DATA_LICENCE
    if said in TERMS:
        return Licence(said, *TERMS[said])
    return Licence("", said, "使用条款", "terms of use")
