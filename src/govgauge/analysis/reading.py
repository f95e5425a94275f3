"""Reading a table of leaf values, whole or not at all."""

from pathlib import Path

from govgauge.analysis.grid import CODE, NAME, SUBJECT, VALUE, read_grid
from govgauge.analysis.leaf_table import LeafTable
from govgauge.analysis.long_form import read_long
from govgauge.analysis.vocabulary import Vocabulary, check_words, leaf_words
from govgauge.analysis.wide_form import read_wide
from govgauge.scoring.csv_lines import UnusableTable
from govgauge.systems.model import System


def read_leaf_table(path: Path, system: System, profile: str) -> LeafTable:
    """Read leaf indexes (CSV in UTF-8 or Parquet). An empty cell is open, 不适用 does not apply.

    Raises UnusableTable with a sentence for each fault: place and remedy.
    """
    return _read(path, leaf_words(system, profile))


def read_check_answers(path: Path, system: System) -> LeafTable:
    """Read the answers of single checks, in the same forms; the codes are ids of checks. Raises UnusableTable."""
    return _read(path, check_words(system))


def _read(path: Path, words: Vocabulary) -> LeafTable:
    grid = read_grid(path)
    subject = next((name for name in (SUBJECT, NAME) if name in grid.header), "")
    if not subject:
        raise UnusableTable(path, [f"表头：缺少列“{SUBJECT}”（评估对象的名称）。请补上 (the column is missing)."])
    read = read_long if CODE in grid.header and VALUE in grid.header else read_wide
    return read(grid, subject, words)
