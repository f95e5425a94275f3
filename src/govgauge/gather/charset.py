"""Which characters the bytes of a page mean."""


def decode(body: bytes, content_type: str | None) -> tuple[str, str]:
    """Text of a page and the WHATWG name of its encoding."""
    try:
        return body.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return body.decode("gb18030", "replace"), "gbk"
