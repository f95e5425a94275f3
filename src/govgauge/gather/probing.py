"""Questions beside the crawl: files that must not be public, a path that cannot exist."""

import hashlib

from govgauge.gather import urls

EXPOSED = (
    "/.git/HEAD",
    "/.git/config",
    "/.svn/entries",
    "/.svn/wc.db",
    "/.hg/requires",
    "/.DS_Store",
    "/.env",
    "/.htpasswd",
    "/.bash_history",
    "/WEB-INF/web.xml",
    "/WEB-INF/classes/application.properties",
    "/web.config",
    "/web.config.bak",
    "/config.php.bak",
    "/wp-config.php.bak",
    "/index.php.bak",
    "/phpinfo.php",
    "/info.php",
    "/server-status",
    "/nginx_status",
    "/druid/index.html",
    "/actuator/env",
    "/actuator/heapdump",
    "/swagger-ui.html",
    "/v2/api-docs",
    "/phpmyadmin/",
    "/backup.zip",
    "/backup.sql",
    "/www.zip",
    "/wwwroot.rar",
    "/web.rar",
    "/db.sql",
    "/data.mdb",
    "/elmah.axd",
    "/trace.axd",
)
"""Paths that are asked for once each, by their first bytes: what they hold is well known and must not be public."""


def exposed(home: str) -> list[str]:
    """The URLs of the passive list on the origin of the home page."""
    return [urls.origin(home) + path for path in EXPOSED]


def invented(home: str) -> str:
    """A URL that cannot exist on the site; the same at each visit."""
    name = hashlib.sha256(urls.host(home).encode()).hexdigest()[:12]
    return f"{urls.origin(home)}/{name}-not-here.html"
