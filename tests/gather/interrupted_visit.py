"""A visit in a process of its own, to be killed: `interrupted_visit.py URL FOLDER [resume]`."""

import sys
from pathlib import Path

from visiting import LinksOnly, plan_for

from govgauge.gather.visit import VisitError, visit

if __name__ == "__main__":
    try:
        visit(plan_for(sys.argv[1], max_pages=150), Path(sys.argv[2]), LinksOnly, resume="resume" in sys.argv)
    except VisitError as error:
        sys.exit(str(error))
