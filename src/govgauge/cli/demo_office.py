"""The office of the demonstration: a round that is published, the next one under way, and somebody of each role."""

import csv
import json
import os
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

from govgauge.testbed import sites
from govgauge.testbed.model import Site

ROUND, NEXT = "demo", "demo-next"
REGION = "演示省"
ISSUER = "演示评估办公室"
SETTINGS = {"rate": 0, "concurrency": 8, "max_pages": 120, "max_seconds": 60, "confirm": {"apart_minutes": 0}}
"""A quick look at each site; the reports of the demonstration rest on whole visits."""
GLANCE = {"max_pages": 20, "max_seconds": 10}
"""Enough for the round that is under way."""
ROLES = {
    "administrator": ("管理员", ""),
    "indicator-editor": ("指标编辑", ""),
    "collector": ("采集员", ""),
    "reviewer": ("复核员", ""),
    "adjudicator": ("裁定员", ""),
    "expert": ("专家", ""),
    "assessed": ("被评估单位", "{key}"),
    "supervisor": ("地区主管", REGION),
    "observer": ("观察员", ""),
}
"""Roles with the names of those who have them and their scopes; {key} is the first site's."""


def fill(home: Path, made: list[Site], port: int, *, documents: bool = True) -> str:
    """Make the office anew with two rounds over the sites served on a port; the password of everybody in it."""
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True, exist_ok=True)
    rows = [(one.title, REGION, "演示", one.home, one.system, one.profile) for one in made]
    with (home / "list.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("name", "parent", "group", "url", "system", "profile"), *rows])
    through = {**SETTINGS, "connect_to": [f"::127.0.0.1:{port}"]}
    _run(home, ROUND, "演示评估", through)
    _publish(home, documents=documents)
    _run(home, NEXT, "演示评估（下一轮，进行中）", {**through, **GLANCE})
    return _people(home, f"{REGION}/{made[0].title}")


def _run(home: Path, slug: str, title: str, settings: dict[str, object]) -> None:
    day = sites.AS_OF.isoformat()
    _call(home, "round", "new", slug, "--title", title, "--as-of", day, "--settings", json.dumps(settings))
    _call(home, "round", "add", slug, str(home / "list.csv"))
    _call(home, "round", "run", slug)


def _publish(home: Path, *, documents: bool) -> None:
    print("冻结并公布，生成报告和诊断 (publishing the round, with its reports) …", flush=True)
    _call(home, "round", "freeze", ROUND)
    _call(home, "publish", "prepare", ROUND, "--issuer", ISSUER)
    _call(home, "publish", "now", ROUND)
    if documents:
        _call(home, "publish", "documents", ROUND)


def serve(home: Path, port: int) -> "subprocess.Popen[bytes]":
    """Serve the office's pages; nobody needs a second factor here."""
    environment = {**os.environ, "GOVGAUGE_HOME": str(home.resolve()), "GOVGAUGE_MFA_ROLES": "none"}
    command = [sys.executable, "-m", "govgauge", "serve", "--port", str(port)]
    return subprocess.Popen(command, env=environment)  # noqa: S603 - our own program


def sign_in(password: str) -> str:
    """How to sign in, in one line."""
    return f"登录名 {'、'.join(map(address_of, ROLES))}，口令都是 {password} (names and their one password)"


def address_of(role: str) -> str:
    """The e-mail address of somebody in the demonstration."""
    return f"{role}@demo.test"


def _call(home: Path, *arguments: str) -> None:
    environment = {**os.environ, "GOVGAUGE_HOME": str(home.resolve())}
    command = [sys.executable, "-m", "govgauge", *arguments]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603
    if done.returncode not in {0, 1}:
        sys.exit(done.returncode)


def _people(home: Path, key: str) -> str:
    from govgauge.office.start import start

    start(home)
    from govgauge.office.domain import roles
    from govgauge.office.domain.acting import PROGRAM
    from govgauge.office.models import Person, RoleKind

    password = secrets.token_urlsafe(9)
    for kind, (name, scope) in ROLES.items():
        person = Person.objects.create_user(address_of(kind), password, name=name, organisation="演示")
        roles.give(PROGRAM, person, RoleKind(kind), scope=scope.format(key=key))
    return password
