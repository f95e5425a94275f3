"""What may differ between two indicator systems, one type for each kind of difference.

`code` and `path` are those of the later system, except in what was removed; `…_before` are the earlier system's.
"""

from decimal import Decimal

from msgspec import Struct

Path = tuple[str, ...]
"""Names from the first level down."""


class Change(Struct, frozen=True, kw_only=True, tag_field="kind"):
    """One difference. `code` is empty where the whole system is meant."""

    code: str = ""
    path: Path = ()

    @property
    def kind(self) -> str:
        """The name of its type, as in the JSON."""
        return str(self.__struct_config__.tag)

    def detail(self) -> str:
        """What tells it from other differences of its kind at the same indicator."""
        return ""

    @property
    def ref(self) -> str:
        """By this a person cites the difference; unique within one comparison."""
        return ":".join(part for part in (self.kind, self.code, self.detail()) if part)


class Added(Change, frozen=True, kw_only=True, tag="added"):
    """An indicator that was not there. `below` says that its parent is new as well."""

    level: int
    weights: dict[str, Decimal | None]
    below: bool = False


class Removed(Change, frozen=True, kw_only=True, tag="removed"):
    """An indicator that is gone. `below` says that its parent is gone as well."""

    level: int
    weights: dict[str, Decimal | None]
    below: bool = False


class Renamed(Change, frozen=True, kw_only=True, tag="renamed"):
    """The same indicator under another name. `evidence` says what speaks for it being the same."""

    code_before: str
    path_before: Path
    evidence: str


class Moved(Change, frozen=True, kw_only=True, tag="moved"):
    """The same indicator below another one, or on another level."""

    code_before: str
    path_before: Path
    level_before: int
    level: int


class Recoded(Change, frozen=True, kw_only=True, tag="recoded"):
    """The same indicator with another code; told between versions of one system only."""

    code_before: str


class Reshaped(Change, frozen=True, kw_only=True, tag="reshaped"):
    """A lowest-level indicator was divided (`children` > 0), or one with lower levels became the lowest."""

    code_before: str
    children_before: int
    children: int


class Reweighted(Change, frozen=True, kw_only=True, tag="reweighted"):
    """Another weight in a profile. None: not assessed there. `total`: the sum of lower levels on either side."""

    code_before: str
    profile: str
    profile_before: str
    before: Decimal | None
    after: Decimal | None
    total: bool = False

    def detail(self) -> str:
        return self.profile


class CheckAdded(Change, frozen=True, kw_only=True, tag="check-added"):
    """A check that was not there."""

    check: str
    text: str

    def detail(self) -> str:
        return self.check


class CheckRemoved(Change, frozen=True, kw_only=True, tag="check-removed"):
    """A check that is gone. `path` is that of its indicator in the later system, `code` as well."""

    check: str
    text: str

    def detail(self) -> str:
        return self.check


class Field(Struct, frozen=True):
    """A field with its values, as JSON writes them."""

    name: str
    before: object
    after: object


class CheckChanged(Change, frozen=True, kw_only=True, tag="check-changed"):
    """The same check with another id, text, share, method, audit, parameters or profiles."""

    check: str
    check_before: str
    text: str
    fields: tuple[Field, ...]

    def detail(self) -> str:
        return self.check


class CategoryChanged(Change, frozen=True, kw_only=True, tag="category"):
    """A category of bonus cases. None: not there."""

    name: str
    before: str | None
    after: str | None

    def detail(self) -> str:
        return self.name


class ProfileChanged(Change, frozen=True, kw_only=True, tag="profile"):
    """A weight column, with its titles. None: not there."""

    profile: str
    before: str | None
    after: str | None

    def detail(self) -> str:
        return self.profile


class FactChanged(Change, frozen=True, kw_only=True, tag="fact"):
    """A fact of the system, or of the indicator `code`, with its values as JSON writes them."""

    field: str
    before: object
    after: object

    def detail(self) -> str:
        return self.field
