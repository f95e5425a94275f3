"""How long the diagnoses of a round take, in PDF, Word and HTML, and how much memory: wanted 10 minutes and 500 MB.

`python bench/diagnoses.py [SUBJECTS]` writes a material of so many counties (1,250 unless told), with the year before.
"""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import measure

SUBJECTS = 1250
WANTED_SECONDS, WANTED_MEGABYTES = 600.0, 500.0


def main() -> int:
    """Measure and print; 1 when more was needed than is wanted for so many subjects."""
    from govgauge.testbed.materials import Wanted, write_material

    subjects = int(sys.argv[1]) if len(sys.argv) > 1 else SUBJECTS
    wanted = [
        Wanted(f"第{number}县", f"第{number % 31}省", f"第{number % 31}省", "county", "2025-county", "county")
        for number in range(subjects)
    ]
    with tempfile.TemporaryDirectory(prefix="govgauge-bench-") as name:
        home = Path(name)
        write_material(home / "2024/1", wanted, year=2024)
        folder = write_material(home / "2025/1", wanted, previous="2024/1", lift=0.03)
        program = str(Path(sys.executable).with_name("govgauge"))
        command = [program, "report", "diagnosis", str(folder), "--out", str(home / "out"), "--workers", "2"]
        cost = measure.run(command, memory=True)
        files = len(list((home / "out").glob("*/*.*")))
    print(
        f"{subjects} diagnoses in PDF, Word and HTML ({files} files): {cost.seconds:.0f} s, "
        f"{cost.cpu / subjects:.2f} s of processor time each, {cost.megabytes:.0f} MB"
    )
    too_slow = cost.seconds > WANTED_SECONDS * subjects / SUBJECTS and subjects >= SUBJECTS
    return int(too_slow or cost.megabytes > WANTED_MEGABYTES)


if __name__ == "__main__":
    sys.exit(main())
