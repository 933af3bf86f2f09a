"""What readers come with: the groups of guides, questions and false sayings, in the order of every list."""

GROUPS = {
    "urgent": "先处理最急的",
    "status": "状态查询",
    "restore": "恢复",
    "repay": "还款与费用",
    "credit": "征信与芝麻分",
    "service": "客服与协商",
    "collection": "催收与投诉",
    "scam": "防骗",
}
