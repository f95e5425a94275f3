"""What must be set before libraries are loaded."""

import os


def spare_threads() -> None:
    """Keep the number library from starting threads of its own: reading processes do the work, and are forked."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
