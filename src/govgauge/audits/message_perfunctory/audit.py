"""message-perfunctory: an answer that does not answer.

An answer is called perfunctory only when nothing is left of it once greetings, thanks, promises, referrals without any
address, signature and date are taken away. One fact, number, name or link more, and it is let pass.
"""

import re
from collections.abc import Sequence

from govgauge import lazy_re
from govgauge.audits.audit import Group, Meta
from govgauge.audits.audit import Params as Base
from govgauge.audits.enquiries import enquiries
from govgauge.audits.message_perfunctory.phrases import PHRASES, RESULT
from govgauge.audits.verdict import judged, not_applicable, not_observable
from govgauge.audits.worth import by_share
from govgauge.outcomes import Finding, Result
from govgauge.structure.site import Site


class Params(Base, frozen=True):
    """国办秘函〔2019〕19号 互动交流: answers are to the point; shifting and empty phrases are not."""

    most_chars_left: int = 0
    """Characters that may be left over of an answer without content."""
    longest: int = 200
    """A longer answer is never called perfunctory."""


META = Meta(
    id="message-perfunctory",
    version=2,
    group=Group.DIALOGUE,
    needs=("facts", "letters", "pages", "columns"),
    params=Params,
    source="国办秘函〔2019〕19号 扣分指标：互动交流",
)
_SIGNATURE = lazy_re.compile(
    r"^[一-鿿（）()]{2,24}(?:局|委|委员会|办|办公室|中心|政府|厅|部|科|处|站|院|公司|热线|支队|大队|街道|信箱)$"
)
_POINTING = lazy_re.compile(r"https?://|www\.|\d{3,4}[-—]?\d{7,8}|1\d{10}|12\d{3}|附件|\ufffc")
"""An address, a telephone number, a file: something to go by."""
_MARKS = lazy_re.compile(r"[\s\u3000，。！!；;：:、,.?？~～…“”\"'《》（）()【】\[\]—-]+")


def judge(site: Site, params: Params, _observed: Sequence[Finding]) -> Result:
    if not site.facts.home_ok:
        return not_observable(META, "首页未能打开，公众来信无从检查。")
    answered = {url: letter for url, letter in enquiries(site).items() if letter.answer}
    if not answered:
        return not_applicable(META, "没有发现公开的来信答复。")
    findings = [
        Finding(
            audit=META.id,
            page=url,
            slug="empty",
            data={"title": letter.title[:60], "answer": letter.answer[:80]},
            excerpt=letter.answer[:200],
        )
        for url, letter in answered.items()
        if says_nothing(letter.answer, params)
    ]
    return judged(META, findings, value=by_share(len(findings), len(answered)), data={"answers": len(answered)})


def says_nothing(answer: str, params: Params) -> bool:
    """Whether nothing is left of an answer without its set phrases."""
    if len(answer) > params.longest or RESULT.search(answer) or _POINTING.search(answer):
        return False
    lines = [line for line in answer.splitlines() if not _SIGNATURE.match(_MARKS.sub("", line))]
    clauses = re.split(r"[，。！!；;：:,\n]", "\n".join(lines))
    left = "".join(PHRASES.sub("", _MARKS.sub("", clause)) for clause in clauses)
    return len(left) <= params.most_chars_left and bool(_MARKS.sub("", answer))
