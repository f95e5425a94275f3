"""White space in running text, folded as a browser shows it."""


def folded_lines(text: str) -> list[str]:
    """Lines of a text with white space folded inside each, empty ones left out."""
    return [line for raw in text.split("\n") if (line := " ".join(raw.split()))]


def with_edges(words: str, text: str) -> str:
    """A run of text with one space in the place of the white space around it."""
    ahead, behind = text[0].isspace(), text[-1].isspace()
    return f" {words} " if ahead and behind else f" {words}" if ahead else f"{words} "
