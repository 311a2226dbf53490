"""The texts of what is told unasked: reports, digests of meetings, topics that are followed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NewsWording:
    """Those of one language. Those with braces are filled by ``str.format``."""

    report_head: str
    report_first: str
    report_first_after: str
    report_added: str
    report_changed: str
    report_unread: str
    report_removed: str
    report_moved: str
    report_warnings: str
    report_more: str
    report_why: str
    digest_head: str
    digest_decided: str
    digest_asked: str
    digest_promised: str
    digest_question: str
    digest_answer: str
    digest_more: str
    digest_left: str
    digest_as_read: str
    digest_rest: str
    notice_head: str
    notice_more: str
    notice_stop: str
    followed: str
    followed_already: str
    followed_where: str
    follow_most: str
    follow_wordless: str
    unfollowed: str
    unfollow_which: str
    not_followed: str
    follows: str
    follows_none: str


JA_NEWS = NewsWording(
    report_head="資料が更新されました。",
    report_first="資料 {count}件を調べられるようになりました。",
    report_first_after="これからは、資料が新しくなるたびに、ここでお知らせします。",
    report_added="追加 {count}件",
    report_changed="差し替え {count}件",
    report_unread="読めなかったもの {count}件",
    report_removed="なくなったもの {count}件",
    report_moved="名前や場所が変わったもの {count}件",
    report_warnings="確認をお願いしたいもの {count}件",
    report_more="ほか{count}件",
    report_why="理由と直し方は、管理者が kiroku documents --warnings で見られます。",
    digest_head="新しい会議録が読めるようになりました。",
    digest_decided="決まったこと",
    digest_asked="質問と答え",
    digest_promised="これからのこと",
    digest_question="問 {who}: {what}",
    digest_answer="答 {who}: {what}",
    digest_more="ほか{count}件は、このスレッドにあります。",
    digest_left="ほか{count}件は、会議録をご覧ください。",
    digest_as_read="会議録から機械で読み取れたものです。すべてとは限りません。",
    digest_rest="つづき",
    notice_head="フォロー中の「{topic}」について、新しい記録があります。",
    notice_more="ほか{count}件の会議・資料にもあります。「/kiroku history {topic}」で見られます。",
    notice_stop="お知らせを止めるには、「/kiroku unfollow {topic}」と入力してください。",
    followed="「{topic}」をフォローしました。新しい記録が出たら、ダイレクトメッセージでお知らせします。",
    followed_already="「{topic}」はすでにフォローしています。",
    followed_where="これまでの記録は「/kiroku history {topic}」で見られます。",
    follow_most=(
        "フォローできるのは{most}件までです。「/kiroku unfollow 話題」で減らしてください。"
    ),
    follow_wordless=(
        "「{topic}」には、記録の中で探せる言葉がありません。「給食費」のように、話題の名前で書いてください。"
    ),
    unfollowed="「{topic}」のフォローをやめました。",
    unfollow_which="やめる話題を「/kiroku unfollow 話題」のように書いてください。",
    not_followed="「{topic}」はフォローしていません。",
    follows="フォロー中の話題:",
    follows_none=(
        "フォロー中の話題はありません。「/kiroku follow 給食費」のように書くと始められます。"
    ),
)

EN_NEWS = NewsWording(
    report_head="The documents were updated.",
    report_first="{count} documents can be searched now.",
    report_first_after="From now on, what is new is told here.",
    report_added="Added: {count}",
    report_changed="Replaced: {count}",
    report_unread="Could not be read: {count}",
    report_removed="Gone: {count}",
    report_moved="Renamed or moved: {count}",
    report_warnings="Please have a look: {count}",
    report_more="{count} more",
    report_why="An administrator sees why, and what to do, with kiroku documents --warnings.",
    digest_head="New minutes can be read.",
    digest_decided="Decided",
    digest_asked="Asked and answered",
    digest_promised="To come",
    digest_question="Q {who}: {what}",
    digest_answer="A {who}: {what}",
    digest_more="{count} more stand in this thread.",
    digest_left="For {count} more, see the minutes.",
    digest_as_read="This is what a machine could read from the minutes; it need not be all.",
    digest_rest="The rest",
    notice_head="There is something new on “{topic}”, which you follow.",
    notice_more="It is in {count} more meetings or documents: “/kiroku history {topic}”.",
    notice_stop="To be told no more, write “/kiroku unfollow {topic}”.",
    followed="You follow “{topic}” now. What is new on it comes as a direct message.",
    followed_already="You follow “{topic}” already.",
    followed_where="What there is so far: “/kiroku history {topic}”.",
    follow_most="You can follow {most} topics. Leave one with “/kiroku unfollow TOPIC” first.",
    follow_wordless=(
        "“{topic}” has no words that could be looked for. Write the name of a matter, such as "
        "“school lunch fees”."
    ),
    unfollowed="You no longer follow “{topic}”.",
    unfollow_which="Say which topic to leave: “/kiroku unfollow TOPIC”.",
    not_followed="You do not follow “{topic}”.",
    follows="You follow:",
    follows_none="You follow no topic. “/kiroku follow school lunch fees” begins with one.",
)


def news_wording(language: str) -> NewsWording:
    """Return the texts of ``language``: English for ``en``, Japanese for all else."""
    return EN_NEWS if language == "en" else JA_NEWS
