"""Which lines of a page can be judged at all."""

from govgauge import lazy_re

HAN = lazy_re.compile(r"[\u4e00-\u9fff]")
FOREIGN = lazy_re.compile(
    r"[\u3040-\u30ff\u0400-\u04ff\u0e00-\u0eff\u0f00-\u0fff\u1100-\u11ff\u1800-\u18af\u0600-\u06ff\uac00-\ud7af]"
)
"""Kana, Cyrillic, Thai, Tibetan, Hangul, Mongolian, Arabic (Uyghur) letters."""
TRADITIONAL = lazy_re.compile(
    "[國發開關會長門電車東書說話時間點問題與對導務學體總應實業產經濟個們來為這樣種類請讓進過還後從當數據機構環資訊選擇內無條"
    "動義專網頁號級認證權責準備農鄉鎮縣區價質試驗處報導領隊員貧圖館軍歷傳統觀衛藥辦單雙創繼續織維護讀寫聽講語詞]"
)
CLASSICAL = lazy_re.compile(r"[曰兮矣焉哉吾汝孰]|之乎|者也|不亦")
CORRECTION = lazy_re.compile(
    r"错别字|别字|误写|错写|误作|误为|不能写成|不可写成|不要写成|应为[“\"「《]|更正|勘误|正确写法|规范写法|改为[“\"「]|查错|纠错举例"
)
"""A line that speaks of wrong words quotes them."""
LEAST_HAN = 2
MOST_TRADITIONAL = 1
MOST_CLASSICAL = 1


def is_judged(line: str) -> bool:
    """Whether a line is modern simplified Chinese about something else than wrong words."""
    if len(line) < LEAST_HAN or FOREIGN.search(line) or CORRECTION.search(line):
        return False
    if len(TRADITIONAL.findall(line)) > MOST_TRADITIONAL or len(CLASSICAL.findall(line)) > MOST_CLASSICAL:
        return False
    return HAN.search(line) is not None
