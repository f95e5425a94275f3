"""The store that the environment names.

GOVGAUGE_EVIDENCE is a folder (`evidence` in the office's when it is not given) or `s3://bucket/prefix`; the latter's
server is GOVGAUGE_S3_ENDPOINT when it is not that of Amazon, its keys AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.
"""

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from govgauge.errors import Unusable
from govgauge.office.evidence.bucket import BucketStore
from govgauge.office.evidence.folder import FolderStore
from govgauge.office.evidence.store import PREFIX, Store

BUCKET = "s3://"
SCRATCH = "scratch"


def the_store(home: Path) -> Store:
    """The store of the office in a folder. Raises Unusable when it cannot be used here."""
    named = os.environ.get("GOVGAUGE_EVIDENCE", "")
    if not named.startswith(BUCKET):
        if "://" in named:
            raise Unusable(f"GOVGAUGE_EVIDENCE={named}：只能是目录或 s3://桶/前缀 (a folder, or s3://bucket/prefix).")
        return FolderStore(Path(named).resolve() if named else home / PREFIX)
    if find_spec("s3fs") is None:
        raise Unusable("材料存放在 S3 需要 s3fs：请运行 pip install 'govgauge[s3]' (evidence in S3 needs s3fs).")
    return BucketStore(_s3, named.removeprefix(BUCKET), home / SCRATCH)


def _s3() -> Any:
    from s3fs import S3FileSystem  # noqa: PLC0415 - only where evidence lies in a bucket

    server = os.environ.get("GOVGAUGE_S3_ENDPOINT") or None
    return S3FileSystem(endpoint_url=server, skip_instance_cache=True, use_listings_cache=False)
