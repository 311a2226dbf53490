"""The texts of what one person sees alone, of edits and of the Home tab, in both languages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PrivateWording:
    """Those of one language. Those with braces are filled by ``str.format``."""

    answer_to: str
    share: str
    shared_by: str
    shared: str
    share_differs: str
    share_not_in: str
    share_failed: str
    nothing_to_look_up: str
    command_help: tuple[str, ...]
    ask_meeting: str
    meeting_none: str
    meeting_agenda: str
    meeting_present: str
    meeting_absent: str
    meeting_votes: str
    meeting_more: str
    meeting_unread: str
    meeting_as_read: str
    meeting_others: str
    ask_article: str
    ask_speaker: str
    ask_speaker_on: str
    withdrawn: str
    files_unread: str
    hint: str
    copy_citation: str
    home_try: str
    home_yours: str
    home_no_questions: str
    home_admin: str
    home_warnings: str
    home_unreadable: str
    home_age: str
    home_votes: str
    home_declined: str


JA_PRIVATE = PrivateWording(
    answer_to="「{question}」への答えです。",
    share="チャンネルで共有",
    shared_by="{who} さんが、「{question}」への答えを共有しました。",
    shared="チャンネルで共有しました。",
    share_differs=(
        "この答えは、ここでは共有できません。このチャンネルで見られない資料を含むか、"
        "資料がその後変わっています。"
    ),
    share_not_in=(
        "Kiroku がこのチャンネルにいないため、共有できませんでした。"
        "「/invite @kiroku」で招待してから、もう一度押してください。"
    ),
    share_failed=(
        "共有できたか、確かめられませんでした。チャンネルに答えが出ていなければ、もう一度押してください。"
    ),
    nothing_to_look_up="このメッセージには、調べられる言葉がありません。",
    command_help=(
        (
            "「/kiroku 質問」の答えは、あなただけに表示されます。"
            "「チャンネルで共有」を押すと、みんなに見えます。"
        ),
        "・/kiroku history 話題 : これまでの議論",
        "・/kiroku meeting 会議名か日付 : 議題・出席者・決まったこと",
        "・/kiroku article 条例名 第6条 : 条文",
        "・/kiroku speaker 発言者 話題 : その人の発言",
        "・/kiroku follow 話題 : 新しい記録が出たらお知らせ（unfollow でやめる）",
    ),
    ask_meeting="{what}の議題・出席者・議決",
    meeting_none="「{what}」に当たる会議録は見つかりませんでした。会議名か、年を含む日付で書いてください。",
    meeting_agenda="議題",
    meeting_present="出席者",
    meeting_absent="欠席者",
    meeting_votes="議決",
    meeting_more="ほか{count}件",
    meeting_unread="読み取れなかったもの: {what}",
    meeting_as_read="会議録から読み取れたものです。すべてとは限りません。",
    meeting_others="ほかに当てはまる会議: {what}",
    ask_article="{what}は？",
    ask_speaker="{who}は何と言いましたか？",
    ask_speaker_on="{who}は{what}について何と言いましたか？",
    withdrawn="質問が削除されたため、回答を取り下げました。",
    files_unread=(
        "添付されたファイルは、ここでは読みません。調べられるようにするには、管理者に取り込みを依頼してください。"
    ),
    hint=(
        "この書き方の質問には答えられません。「@kiroku 質問」とふつうのメッセージで書くか、"
        "「/kiroku 質問」をお使いください。"
    ),
    copy_citation="引用の書き方:",
    home_try="押すと、メッセージタブで答えます。",
    home_yours="最近のあなたの質問",
    home_no_questions="まだありません。",
    home_admin="管理者の方へ",
    home_warnings="注意のある資料: {count}件（kiroku status で見られます）",
    home_unreadable="読めなかった資料: {count}件（kiroku status で見られます）",
    home_age="最後の取り込み: {date}（{days}日前）",
    home_votes="評価: 役に立った {up}件、役に立たなかった {down}件",
    home_declined="答えられなかった質問（多い順）:",
)

EN_PRIVATE = PrivateWording(
    answer_to="This answers “{question}”.",
    share="Share in channel",
    shared_by="{who} shared the answer to “{question}”.",
    shared="Shared in the channel.",
    share_differs=(
        "This answer cannot be shared here: it holds documents that may not be seen in this "
        "channel, or the documents have changed since."
    ),
    share_not_in=(
        "Kiroku is not in this channel, so nothing was shared. Invite it with “/invite @kiroku” "
        "and press again."
    ),
    share_failed=(
        "It is not known whether this was shared. If the answer does not stand in the channel, "
        "press again."
    ),
    nothing_to_look_up="There are no words in this message that could be looked up.",
    command_help=(
        "Only you see the answer to “/kiroku QUESTION”; “Share in channel” shows it to everybody.",
        "・/kiroku history TOPIC : what was said on it before",
        "・/kiroku meeting NAME-OR-DATE : agenda, attendees, decisions",
        "・/kiroku article ORDINANCE Article 6 : the article",
        "・/kiroku speaker NAME TOPIC : what they said",
        "・/kiroku follow TOPIC : be told of what is new on it (unfollow: no more)",
    ),
    ask_meeting="Agenda, attendees and votes of {what}",
    meeting_none="No minutes are found for “{what}”. Write a body, or a date with its year.",
    meeting_agenda="Agenda",
    meeting_present="Present",
    meeting_absent="Absent",
    meeting_votes="Votes",
    meeting_more="{count} more",
    meeting_unread="Could not be read: {what}",
    meeting_as_read="This is what could be read from the minutes; it need not be all.",
    meeting_others="Other meetings that may be meant: {what}",
    ask_article="What does {what} say?",
    ask_speaker="What did {who} say?",
    ask_speaker_on="What did {who} say about {what}?",
    withdrawn="The question was deleted, so the answer is withdrawn.",
    files_unread=(
        "Attached files are not read here. Ask your administrator to ingest them if they are to be "
        "searched."
    ),
    hint=(
        "Questions written this way are not answered. Write “@kiroku QUESTION” as an ordinary "
        "message, or use “/kiroku QUESTION”."
    ),
    copy_citation="To cite it:",
    home_try="Press one: it is answered in the Messages tab.",
    home_yours="What you asked lately",
    home_no_questions="Nothing yet.",
    home_admin="For administrators",
    home_warnings="Documents with a warning: {count} (kiroku status names them)",
    home_unreadable="Documents that could not be read: {count} (kiroku status names them)",
    home_age="Last ingest: {date} ({days} days ago)",
    home_votes="Judged: {up} helpful, {down} not helpful",
    home_declined="Declined most:",
)


def private_wording(language: str) -> PrivateWording:
    """Return the texts of ``language``: English for ``en``, Japanese for all else."""
    return EN_PRIVATE if language == "en" else JA_PRIVATE
