"""The elements of a page that carry an id or classes, read once for all who ask what they are called."""

import turbohtml


def names_of(document: turbohtml.Document) -> dict[turbohtml.Element, str]:
    """Id and classes of each element that has any, in lower case with one space between, in document order."""
    names = {}
    for element in document.select("[class],[id]"):
        classes, identity = element.attr("class"), element.attr("id")
        if identity:
            names[element] = f"{identity} {classes or ''}".lower()
        elif classes:
            names[element] = classes.lower()
    return names
