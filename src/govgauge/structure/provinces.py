"""How the filing systems and the national code of divisions write the provinces."""

ICP_PREFIXES = frozenset("京津沪渝冀豫滇辽黑湘皖鲁新苏浙赣鄂桂陇晋蒙陕吉闽黔粤青藏蜀宁琼")
"""First character of an ICP record number, one for each division at province level (ICP/IP filing system)."""

ICP_MISTAKEN = {"川": "蜀", "贵": "黔", "云": "滇", "甘": "陇"}
"""Short names in common use that the filing system does not use, with the one that it does. Telecom licences
(增值电信业务经营许可证) and police records do use them."""

DIVISION_PREFIXES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "66",
        "71",
        "81",
        "82",
    ]
)
"""First two digits of a division code (GB/T 2260); 66 stands for the Xinjiang Production and Construction Corps."""
