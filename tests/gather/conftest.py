"""Parts that the tests of gathering share: a server, and a visit to it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from stage import Stage
from visiting import LinksOnly, plan_for

from govgauge.gather.visit import Visit, visit


@pytest.fixture
def stage() -> Iterator[Stage]:
    """A server that answers 404 to everything until it is told better."""
    server = Stage()
    yield server
    server.close()


@pytest.fixture
def go(stage: Stage, tmp_path: Path) -> Callable[..., Visit]:
    """Visits the stage: `go(max_pages=…)` with fields of the plan."""

    def run(
        *,
        url: str = "",
        folder: Path = tmp_path / "visit",
        resume: bool = False,
        reader: type = LinksOnly,
        **fields: object,
    ) -> Visit:
        return visit(plan_for(url or stage.url, **fields), folder, reader, resume=resume)

    return run
