"""What the check tells, in words: a heading, a sentence, and how grave it is."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from msgspec import Struct

from govgauge.office.queries.certificates import Finding


class Words(Struct, frozen=True):
    """How a finding is told; `tone` is `good`, `bad` or `open`."""

    tone: str
    title: str | Promise
    sentence: str | Promise


WORDS: dict[Finding, Words] = {
    Finding.GENUINE: Words(
        "good",
        _("证书真实有效"),
        _("编号、核验码或文件的电子签名与颁发记录一致。请再核对下面的单位和内容是否与手中的证书相同。"),
    ),
    Finding.KNOWN: Words(
        "good",
        _("有这份证书"),
        _("编号存在且有效。编号是公开的，任何人都能抄到：请逐项核对下面的内容，并尽量用二维码或 PDF 文件核验。"),
    ),
    Finding.ALTERED: Words(
        "bad",
        _("文件被改动过"),
        _(
            "文件里的签名内容是真的，但文件与颁发时不同（另存、批注、合并也算），看到的文字不可信。以下面的颁发记录为准。"
        ),
    ),
    Finding.FORGED: Words(
        "bad",
        _("签名不真实"),
        _("这个文件自称是本办公室颁发的证书，但签名与内容不符，或者不是我们的签名。请勿采信，并向我们反映。"),
    ),
    Finding.WRONG_CODE: Words(
        "bad",
        _("核验码不对"),
        _("编号存在，但核验码不属于这份证书。请核对是否输错；二维码扫出这个结果时，手中的证书是伪造的。"),
    ),
    Finding.UNKNOWN: Words("bad", _("没有这个编号"), _("我们没有颁发过这个编号的证书。请核对编号；无误时请勿采信。")),
    Finding.REVOKED: Words("bad", _("证书已撤销"), _("这份证书曾经颁发，现在不再有效。")),
    Finding.REPLACED: Words("bad", _("证书已换发"), _("这份证书已由新编号的证书代替，不再有效。")),
    Finding.MISTYPED: Words("open", _("编号有误"), _("编号的校验位不对，可能输错或颠倒了数字，请对照证书再输入一次。")),
    Finding.NO_NUMBER: Words(
        "open", _("这不是证书编号"), _("请输入完整的编号，例如 2025-00001-0，或政测证字〔2025〕第 00001-0 号。")
    ),
    Finding.BROKEN: Words(
        "open", _("记录异常，暂时不能核验"), _("这份证书的颁发记录与它的签名不符。请联系评估办公室，查清之前请勿采信。")
    ),
    Finding.STRANGE: Words(
        "open",
        _("文件里没有我们的签名"),
        _("这个 PDF 不是从本办公室下载的证书，或者是扫描、打印、另存后的副本。请用证书上的编号和核验码核验。"),
    ),
    Finding.LOCKED: Words(
        "open", _("文件已加密"), _("设了密码的 PDF 无法核验，请上传没有密码的原文件，或者输入编号。")
    ),
    Finding.NO_PDF: Words("open", _("这不是 PDF 文件"), _("请选择下载得到的 PDF 证书原文件；照片和扫描件请输入编号。")),
    Finding.TOO_LARGE: Words("open", _("文件太大"), _("只核验 10 MB 以内的文件；证书原文件只有几百 KB。")),
}
