"""/healthz: whether this process can answer from its database."""

from django.contrib.auth.decorators import login_not_required as public
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@public
@require_safe
def show(_request: HttpRequest) -> HttpResponse:
    """200 when the database answers, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        return HttpResponse("数据库没有应答 (the database does not answer).\n", "text/plain; charset=utf-8", 503)
    return HttpResponse("ok\n", "text/plain; charset=utf-8", headers={"Cache-Control": "no-store"})
