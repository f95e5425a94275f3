"""What the files of the passive list hold when they are truly what their path says."""

import re

from msgspec import Struct

from govgauge import lazy_re


class Signature(Struct, frozen=True):
    """A kind of file that must not be public: which paths ask for it, and what its first characters must show.

    `kind` names its sentence in texts.toml. `page` says that it is a web page: other files never are.
    """

    kind: str
    path: re.Pattern[str]
    holds: re.Pattern[str]
    page: bool = False


def _signature(kind: str, path: str, holds: str, *, page: bool = False) -> Signature:
    return Signature(kind, re.compile(path + "$", re.IGNORECASE), re.compile(holds, re.DOTALL | re.MULTILINE), page)


_SQL = r"^\s*(?:--|/\*|CREATE\s+(?:TABLE|DATABASE)|INSERT\s+INTO|DROP\s+TABLE|SET\s+\w+|USE\s+\w+|BEGIN)"
_SQL_TABLE = r"\b(?:CREATE\s+TABLE|INSERT\s+INTO|MySQL dump|PostgreSQL database dump|DROP\s+TABLE)\b"

SIGNATURES = (
    _signature("repository", r"/\.git/HEAD", r"\A(?:ref: refs/\S+|[0-9a-f]{40})\s*\Z"),
    _signature("repository", r"/\.git/config", r"\A\s*\[core\].*repositoryformatversion"),
    _signature(
        "repository",
        r"/\.svn/entries",
        r"\A(?:(?:[789]|1[0-2])\s*\n(?:\s*\n)?dir\b|(?:[789]|1[0-2])\s*\Z|<\?xml.*?<wc-entries)",
    ),
    _signature("repository", r"/\.svn/wc\.db", r"\ASQLite format 3"),
    _signature("repository", r"/\.hg/requires", r"\A(?:[\w-]+\s*\n)*(?:revlogv\d|dotencode|fncache|store)\b"),
    _signature("listing", r"/\.DS_Store", r"\A\x00\x00\x00\x01Bud1"),
    _signature(
        "secrets", r"/\.env(?:\.\w+)?", r"^(?:export )?(?:DB|APP|MYSQL|REDIS|JWT|SECRET|AWS|MAIL|DATABASE)_\w+\s*="
    ),
    _signature("secrets", r"/\.htpasswd", r"\A[\w.@-]+:(?:\$(?:apr1|2[aby]|5|6)\$|\{SHA\}|[./0-9A-Za-z]{13}\s*$)"),
    _signature(
        "history", r"/\.bash_history", r"(?:^(?:sudo |cd |ls|vim? |cat |mysql|systemctl |chmod |rm |exit)[^\n<]*\n){2}"
    ),
    _signature("configuration", r"/WEB-INF/web\.xml", r"<web-app[\s>]"),
    _signature(
        "secrets", r"/application(?:-\w+)?\.properties", r"^(?:spring|server|jdbc|datasource|mybatis)[\w.-]*\s*="
    ),
    _signature(
        "configuration",
        r"/web\.config(?:\.bak)?",
        r"<configuration[\s>].*<(?:system\.web|appSettings|connectionStrings)",
    ),
    _signature("source", r"\.php\.(?:bak|old|swp|txt|save)", r"<\?(?:php|=)"),
    _signature("phpinfo", r"/\w*info\.php", r"<title>[^<]*phpinfo\(\).*PHP Version", page=True),
    _signature("status", r"/server-status", r"<title>Apache Status</title>|Apache Server Status for", page=True),
    _signature("status", r"/nginx_status", r"\AActive connections:\s*\d+\s*\n\s*server accepts handled requests"),
    _signature("console", r"/druid/(?:index\.html)?", r"<title>Druid Stat Index</title>", page=True),
    _signature("secrets", r"/actuator/env", r"\A\s*\{.*\"(?:propertySources|systemProperties|activeProfiles)\""),
    _signature("memory", r"/actuator/heapdump", r"\A(?:JAVA PROFILE 1|\x1f\ufffd|\x1f\x8b)"),
    _signature("interfaces", r"/swagger-ui(?:/index)?\.html", r"<title>Swagger UI</title>.*swagger-ui", page=True),
    _signature("interfaces", r"/v[23]/api-docs", r"\A\s*\{.*\"(?:swagger|openapi)\"\s*:\s*\"\d"),
    _signature("console", r"/phpmyadmin/(?:index\.php)?", r"<title>[^<]*phpMyAdmin.*name=\"pma_", page=True),
    _signature("backup", r"\.(?:zip|war|jar)", r"\APK\x03\x04"),
    _signature("backup", r"\.rar", r"\ARar!\x1a\x07"),
    _signature("backup", r"\.(?:tar\.gz|tgz|gz)", r"\A\x1f[\x8b\ufffd]"),
    _signature("database", r"\.sql", rf"(?s:\A(?=.*?{_SQL_TABLE})(?:{_SQL}|\ufeff))"),
    _signature("database", r"\.mdb", r"\A\x00\x01\x00\x00Standard (?:Jet|ACE) DB"),
    _signature("log", r"/elmah\.axd", r"<title>Error log for", page=True),
    _signature("log", r"/trace\.axd", r"<b>Application Trace</b>|<h1>Application Trace", page=True),
)
_MARKUP = lazy_re.compile(r"\A\s*(?:<!doctype\s+html|<html|<head|<script|<!--)", re.IGNORECASE)


def recognise(path: str, text: str) -> Signature | None:
    """The signature that both the path and the content of an answer fit; None for error pages in disguise."""
    for signature in SIGNATURES:
        if signature.path.search(path) and signature.holds.search(text):
            return None if not signature.page and _MARKUP.match(text) else signature
    return None
