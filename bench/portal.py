"""The portal over 15,000 subjects, asked for from a real server: p95 of each kind of page and of the search.

Each with the processor time that it costs.

`--subjects` for another number; `--home` for an office that `published_round.py` has filled before.
"""

import argparse
import os
import secrets
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import published_round
from bench.web import show, wait

SUBJECTS = 15_000
WANTED_MS = 100
COUNTY = "rounds/2025/groups/12/"
PAGES = {
    "first page": "",
    "round": "rounds/2025/",
    "group of 32": "rounds/2025/groups/1/",
    "group of 14,000": COUNTY,
    "group, last page": f"{COUNTY}?page=9999",
    "group, by an indicator, page 90": f"{COUNTY}?sort=-top3&page=90",
    "group, one region and a text": f"{COUNTY}?region=%E7%AC%AC3%E7%9C%81&q=9&sort=name",
    "map": "rounds/2025/map/?group=12",
    "subject": "subjects/{subject}/",
    "four side by side": COUNTY + "compare/?s={subject}&s={second}&s={third}&s={fourth}",
    "list of subjects": "subjects/?page=200",
    "list of subjects, a text": "subjects/?q=99",
    "indicator system": "systems/2025-county/",
    "two systems": "systems/2020-local/to/2025-county/",
    "site map": "sitemap/",
}
SEARCHES = {
    "a body": "广州市",
    "what many names hold": "县",
    "two terms": "数据开放 第9省",
    "a shortened name": "发改委",
    "pinyin": "guangzhou",
    "initials": "gzs",
    "another sound": "光州市",
    "a wrong character": "国家市场监督管里总局",
    "a letter too many": "guangzhoou",
    "some of the words": "网站上没有的政务公开栏目怎么办",
    "nothing": "xyzzyxyzzy",
    "100 characters": "关于进一步优化政务服务提升行政效能推动高效办成一件事的指导意见和" * 3 + "年",
    "100 letters": "zhengwugongkai" * 7 + "zh",
    "eight terms": "省 市 县 政务 公开 服务 数据 网站",
}
"""What is searched and typed, by what it asks of the index."""


def main() -> int:
    """Measure; the exit status says whether every page kept its limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--subjects", type=int, default=SUBJECTS)
    parser.add_argument("--home", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="govgauge-bench-portal-") as folder:
        home = given.home or Path(folder)
        os.environ |= {"GOVGAUGE_HOME": str(home), "GOVGAUGE_SECRET_KEY": secrets.token_hex()}
        from govgauge.office.start import start

        start(home)
        if given.home is None:
            published_round.publish("2025", 2025, given.subjects)
        from django.db import connections

        from govgauge.office.models import PublishedSubject

        group = PublishedSubject.objects.filter(group__place=11, state="judged")
        numbers = list(group.order_by("-place").values_list("subject", flat=True)[:4])
        from govgauge.web.portal.search import building

        building.build()
        places = dict(zip(("subject", "second", "third", "fourth"), numbers, strict=True))
        connections.close_all()
        pages = {name: path.format(**places) for name, path in PAGES.items()}
        pages |= {f"search: {name}": f"search/?q={quote(text)}" for name, text in SEARCHES.items()}
        pages |= {f"typed: {name}": f"search/suggest?q={quote(text)}" for name, text in SEARCHES.items()}
        return measured(given.subjects, pages)


def measured(subjects: int, pages: dict[str, str]) -> int:
    """Start the server, ask, tell."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "govgauge", "serve", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            wait(port, server)
            slowest = max(show(server.pid, port, name, f"/portal/{path}", "") for name, path in pages.items())
        finally:
            server.terminate()
    print(f"slowest p95 of the portal over {subjects} subjects: {slowest:.0f} ms (wanted: {WANTED_MS} ms)", flush=True)
    return 0 if slowest <= WANTED_MS else 1


if __name__ == "__main__":
    sys.exit(main())
