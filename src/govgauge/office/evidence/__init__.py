"""Where the files of visits are kept: a folder, or a bucket.

A place is how the records name them: `evidence/ROUND/ENTRY/ATTEMPT`, wherever they lie. An attempt is written in a
scratch folder first, kept when it is whole, and only then accepted; what was never accepted is removed after a while.
"""

from govgauge.office.evidence.store import PREFIX, Store
from govgauge.office.evidence.stores import the_store

__all__ = ["PREFIX", "Store", "the_store"]
