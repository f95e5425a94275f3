"""What can end a visit from our side, each said in one sentence that its user can act on."""

import errno
from pathlib import Path


class VisitError(Exception):
    """A visit that cannot go on; the text is one Chinese sentence with the English one after it."""


class DiskFullError(VisitError):
    """No room on the disk. What was gathered stays, and the visit can be resumed."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"磁盘空间不足，无法继续写入 {folder}；已采集的内容已保留，腾出空间后可用 --resume 继续。"
            f"（The disk is full: {folder} cannot be written. What was gathered is kept; make room and use --resume.）"
        )


class NotWritableError(VisitError):
    """The folder cannot be written."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            f"无法写入目录 {folder}（{reason}），请检查目录权限或换一个目录。"
            f"（The folder {folder} cannot be written: {reason}. Check its permissions or choose another.）"
        )


class OtherVisitError(VisitError):
    """The folder holds the visit of another site."""

    def __init__(self, folder: Path, there: str, wanted: str) -> None:
        super().__init__(
            f"目录 {folder} 中保存的是 {there} 的采集结果，不能用来继续采集 {wanted}，请换一个目录。"
            f"（The folder {folder} holds a visit of {there}, not of {wanted}; choose another folder.）"
        )


class JournalUnreadableError(VisitError):
    """The journal is damaged or missing."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"采集记录 {path} 无法读取（{reason}），请重新采集。"
            f"（The journal {path} cannot be read: {reason}. Visit the site anew.）"
        )


class UnusableAddressError(VisitError):
    """The address given is no web address."""

    def __init__(self, url: str) -> None:
        super().__init__(
            f"“{url}”不是可以访问的网址，请填写形如 http://www.example.gov.cn/ 的地址。"
            f"（{url!r} is not a web address; give one such as http://www.example.gov.cn/.）"
        )


class UnusablePlanError(VisitError):
    """Something else in the plan cannot be used."""

    def __init__(self, what: str, english: str) -> None:
        super().__init__(f"{what}。（{english}.）")


class Interrupted(VisitError):
    """The visit was asked to stop (Ctrl-C, SIGTERM). Everything gathered is kept."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"采集被中断，已采集的内容保留在 {folder}，可用 --resume 继续。"
            f"（The visit was interrupted; what was gathered is kept in {folder}; go on with --resume.）"
        )


def of_os_error(error: OSError, folder: Path) -> VisitError:
    """The sentence for an error of the file system."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return DiskFullError(folder)
    return NotWritableError(folder, error.strerror or str(error))
