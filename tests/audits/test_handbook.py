"""The catalogue in the handbook is the one in the code."""

from pathlib import Path

from govgauge.audits.handbook import page

HANDBOOK = Path(__file__).parents[2] / "docs" / "audits.md"


def test_the_handbook_describes_every_audit_as_it_is() -> None:
    assert HANDBOOK.read_text() == page(), "run: python -m govgauge.audits.handbook > docs/audits.md"
