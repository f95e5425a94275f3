"""What certificates cost: 2,000 issued at once, each laid out and sealed, and one looked at.

`.venv/bin/python bench/certificates.py [NUMBER]`
"""

import os
import resource
import sys
import tempfile
import time
from datetime import date


def main(number: int) -> int:
    """Print seconds and memory; the exit status."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["GOVGAUGE_HOME"] = home
        os.environ.pop("GOVGAUGE_DATABASE", None)
        from govgauge.office.start import start

        start()
        from govgauge.office.domain import awards, certificates
        from govgauge.office.domain.acting import PROGRAM
        from govgauge.office.models import CertificateKind, CertificateState, Entry, Round
        from govgauge.office.queries import certificates as query

        round_ = Round.objects.create(slug="r", title="2025 年评估", rules="inspection-2019", as_of=date(2025, 11, 30))
        Entry.objects.bulk_create(
            Entry(round=round_, key=f"某省/第{one}县", name=f"第{one}县", system="2025-county", profile="county")
            for one in range(number)
        )
        wanted = [
            awards.Award(
                f"assessed-{one.pk}",
                CertificateKind.ASSESSED,
                f"某省{one.name}",
                "在“2025 年评估”（区县）的评估对象中，评估等级为",
                "优秀",
                (("数据截至", "2025-11-30"),),
                one,
            )
            for one in round_.entries.all()
        ]
        begun = time.monotonic()
        certificates.issue(PROGRAM, round_, wanted)
        issued = time.monotonic()
        size = 0
        for row in query.sieved(round_, state=CertificateState.VALID).iterator(chunk_size=200):
            pdf = certificates.file_of(PROGRAM, row)
            size += len(pdf)
        made = time.monotonic()
        for _again in range(100):
            if query.of_file(pdf).finding is not query.Finding.GENUINE:
                return 1
        looked = time.monotonic()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{number} certificates signed and recorded: {issued - begun:.1f} s")
    print(f"their PDF files: {made - issued:.1f} s, {size / number / 1000:.0f} KB each")
    print(f"a file looked at: {(looked - made) * 10:.1f} ms; most memory {memory} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000))
