"""What readers type, by the way they type it, and the answers of the shipped content that may come first."""

CHECK = "flow/huabei"  # the self-check of somebody whose 花呗 does not work
FROZEN = (CHECK, "article/is-it-frozen", "article/status-words", "term/frozen", "faq/check-if-frozen")
HUABEI = (CHECK, "article/is-it-frozen")
UNFREEZE = (CHECK, "article/is-it-frozen", "faq/can-service-unfreeze")
DUE = ("term/due-day", "faq/due-date")
SESAME = ("article/sesame", "term/sesame-credit", "faq/overdue-and-sesame", "faq/sesame-vs-credit")
CREDIT = ("article/credit-record", "faq/overdue-and-credit-record")
PHONE = ("contact/alipay", "faq/service-phone")
AFTER = ("article/after-repaying", "faq/after-paying-how-long", CHECK)
COLLECTION = (
    *("article/being-collected", "article/collection-rules", "faq/collection-call-times", "faq/collection-hours"),
    "flow/who-is-this",
)
CANNOT = ("article/repayment-plan", "faq/cannot-repay")
# What is typed, and what may come first.
FIRST: dict[str, dict[str, tuple[str, ...]]] = {
    "one to four characters": {
        "冻": (*FROZEN, "faq/frozen-limited-closed", "faq/can-service-unfreeze", "faq/frozen-still-owe"),
        "冻结": FROZEN,
        "还款日": DUE,
        "芝麻信用": SESAME,
        "征信": CREDIT,
        "客服": PHONE,
        "花呗": HUABEI,
        "逾期": (CHECK, "article/overdue", "term/overdue"),
    },
    "long questions": {
        "花呗逾期会不会影响我的征信记录，能不能消掉？": CREDIT,
        "我的花呗已经还清了，为什么还是用不了，要等多久才能恢复？": (*AFTER, "faq/few-days-still-blocked"),
        "我想知道花呗的客服电话是多少，怎么才能找到人工？": (*PHONE, "faq/reach-a-person", "article/talk-to-service"),
        "催收打电话给我的家人和朋友，这样做合法吗？": (
            "faq/collector-calls-family",
            "article/collection-rules",
            "article/relatives",
        ),
        "收到短信说我欠花呗的钱要被起诉了，是真的吗？": (
            "faq/lawsuit-or-lawyer-letter",
            "article/scam-fake-court",
            "flow/who-is-this",
            "faq/court-sms-real",
            "faq/overdue-sms-real",
        ),
    },
    "colloquial": {
        "被封了": FROZEN,
        "用不了": (CHECK,),
        "停了我的花呗": FROZEN,
        "没钱还": CANNOT,
        "黑户": CREDIT,
        "天天打电话催": COLLECTION,
    },
    "wrong characters": {
        "花贝": HUABEI,
        "花被": HUABEI,
        "花贝动结": FROZEN,
        "预期了怎么办": (CHECK, "article/overdue"),
        "客付电话": PHONE,
        "动接": FROZEN,
        "正信": CREDIT,
        "芝麻性用": SESAME,
        "还款曰": DUE,
        "催首电话": COLLECTION,
    },
    "pinyin": {
        "huabei": HUABEI,
        "dongjie": FROZEN,
        "huabeidongjie": FROZEN,
        "hua bei dong jie": FROZEN,
        "hbdj": FROZEN,
        "huab": HUABEI,
        "huabeidongj": FROZEN,
        "huabeidongjiezenmeban": FROZEN,
        "wo de huabei yuqi le": (CHECK, "article/overdue"),
        "zhengxin": CREDIT,
        "zenxin": CREDIT,
        "huankuanri": DUE,
        "dongije": FROZEN,
        "ＨＵＡＢＥＩ": HUABEI,
    },
    "traditional": {
        "花唄凍結怎麼解除": UNFREEZE,
        "徵信": CREDIT,
        "還款日": DUE,
        "芝麻信用分": (*SESAME, "faq/raise-sesame-score"),
        "客服電話": PHONE,
    },
    "full-width and small": {
        "１１０": ("contact/police",),
        "９５１８８": PHONE,
        " 冻　结 ": FROZEN,
        "“冻结”？": FROZEN,
    },
    "half typed": {
        "花呗冻": (*FROZEN, "faq/frozen-still-owe"),
        "芝麻信": SESAME,
        "客服电": (*PHONE, "faq/searched-number"),
        "停息挂": ("faq/anti-collection-agency", "myth/myth-stop-collection"),
    },
}
# Bait: what crooks offer, and the page that warns of it.
BAIT = {
    "征信修复": "article/scam-credit-repair",
    "洗白征信": "article/scam-credit-repair",
    "哪里可以做征信修复": "article/scam-credit-repair",
    "强开": "faq/limit-raising-offers",
    "花呗强开技术": "faq/limit-raising-offers",
    "停息挂账": "faq/anti-collection-agency",
    "代理停息挂账靠谱吗": "faq/anti-collection-agency",
    "付费解冻": "faq/pay-to-unfreeze",
    "秒解": "faq/pay-to-unfreeze",
    "怎么套现": "article/scam-cashout",
    "安全账户": "article/scam-fake-police",
    "注销校园贷": "article/scam-campus-loan",
    "zhengxinxiufu": "article/scam-credit-repair",
    "徵信修復": "article/scam-credit-repair",
}
SYMPTOMS = (
    "用不了",
    "花呗用不了",
    "被封了",
    "花呗冻结了",
    "花呗不能用了",
    "花呗受限",
    "付不了款",
    "花呗突然用不了",
    "被限制",
)
