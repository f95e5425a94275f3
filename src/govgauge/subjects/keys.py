"""Keys of subjects: names repeat across provinces and cities, so a body is known by all names down to its own."""

SEPARATOR = "/"


def key_of(parent: str, name: str) -> str:
    """The key of a body below `parent`, itself a key; empty for none."""
    return f"{parent}{SEPARATOR}{name}" if parent else name


def name_in(key: str) -> str:
    """The body's own name."""
    return key.rpartition(SEPARATOR)[2]


def parent_in(key: str) -> str:
    """The key of the body above; empty for none."""
    return key.rpartition(SEPARATOR)[0]
