"""Which characters may be written for each other by mistake: they sound the same, nearly the same, or look alike."""

from collections.abc import Mapping

NEAR_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"))
"""Initials that many speakers do not tell apart."""


def likeness(
    character: str, sounds: Mapping[str, frozenset[str]], by_sound: Mapping[str, str], shapes: Mapping[str, str]
) -> dict[str, str]:
    """Characters like this one, with the reason: same or near in sound, shape. `sounds` are syllables without tones."""
    found: dict[str, str] = dict.fromkeys(shapes.get(character, ""), "shape")
    syllables = sounds.get(character, frozenset())
    for syllable in syllables:
        for near in near_syllables(syllable):
            found |= dict.fromkeys(by_sound.get(near, ""), "near")
    for syllable in syllables:
        found |= dict.fromkeys(by_sound.get(syllable, ""), "same")
    found.pop(character, None)
    return found


def near_syllables(syllable: str) -> set[str]:
    """The syllable and those that are often confused with it."""
    near = {syllable}
    for thick, thin in NEAR_INITIALS:
        if syllable.startswith(thick):
            near.add(thin + syllable[2:])
        elif syllable.startswith(thin):
            near.add(thick + syllable[1:])
    for one in tuple(near):
        if one[0] in "nl":
            near |= {"n" + one[1:], "l" + one[1:]}
        if one[0] in "hf":
            near |= {"h" + one[1:], "f" + one[1:]}
        if one.endswith("ng"):
            near.add(one[:-1])
        elif one.endswith("n"):
            near.add(one + "g")
    return near
