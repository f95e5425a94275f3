"""What the elements of HTML do to the text around them."""

_WORDS = {
    "breaking": """address article aside blockquote body br center dd div dl dt fieldset figcaption figure footer form
frameset h1 h2 h3 h4 h5 h6 header hr legend li main nav ol option p pre section table tbody tfoot
thead tr ul caption""",
    "light": """span font b strong i em u s o:p sup sub small big tt wbr ins del label hr col colgroup""",
    "invisible": """script style noscript template textarea select head title object iframe svg""",
}


PLAIN, BREAK, SKIP, CELL, NEWLINE, LIGHT = range(6)
"""How an element stands in running text: BREAK begins and ends a line of its own, SKIP is seen by no reader, CELL is
set apart by a space, NEWLINE ends a line, LIGHT is no block of its own unless it carries a name. Plain numbers, because
the walk of every page compares them thousands of times."""

ROLES: dict[str, int] = {
    **dict.fromkeys(_WORDS["breaking"].split(), BREAK),
    **dict.fromkeys(_WORDS["light"].split(), LIGHT),
    **dict.fromkeys(_WORDS["invisible"].split(), SKIP),
    "td": CELL,
    "th": CELL,
    "br": NEWLINE,
}
"""Role by tag; a tag that is not here is plain."""

INK, SPACE, LINE = range(3)
"""What a run of text ends with."""
