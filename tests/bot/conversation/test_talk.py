"""What is no question for the documents: the whole message has to be that."""

import pytest

from bot.conversation.talk import Talk, says_nothing, talk_in

SAID = {
    Talk.THANKS: (
        "ありがとうございます！助かりました",
        "いつも有難うございます",
        "助かります🙏",
        "サンキュー👍",
        "さんきゅうです",
        "了解です、ありがとうございます",
        ":pray: ありがとう(笑)",
        "Thanks a lot!",
        "thank you for your help",
        "That's very helpful",
    ),
    Talk.GREETING: (
        "こんにちは",
        "きろくさん、おはようございます",
        "お疲れ様です。",
        "Hi there",
        "Good morning!",
    ),
    Talk.NOTED: (
        "了解です",
        "OK",
        "承知しました。",
        "なるほど",
        "分かりました",
        "got it",
        "OK :+1:",
        "I see.",
    ),
    Talk.HELP: (
        "使い方",
        "使い方を教えてください",
        "help",
        "何が聞ける？",
        "ヘルプ",
        "What can I ask?",
        "how do I use this?",
    ),
    Talk.INDEX: (
        "どんな資料がある？",
        "どんな資料がありますか",
        "資料の一覧を見せて",
        "何年分の資料がありますか？",
        "どの会議の議事録が入っていますか",
        "What documents do you have?",
        "Which minutes are there?",
    ),
    Talk.MORE: (
        "もっと詳しく",
        "もう少し詳しく教えてください",
        "続きは？",
        "Tell me more please",
        "more details",
    ),
    Talk.OTHER_YEARS: (
        "他の年は？",
        "ほかの年度はどうですか",
        "過去には？",
        "経緯は？",
        "What about other years?",
    ),
    Talk.SOURCE: (
        "誰が言ったの？",
        "それは誰の発言ですか",
        "誰の答弁？",
        "発言者は？",
        "答弁したのは誰ですか",
        "いつの会議？",
        "それはどの会議の話ですか",
        "何回の会議ですか？",
        "出典は？",
        "どこに書いてありますか",
        "Who said that?",
        "Which meeting was that?",
        "source?",
    ),
    Talk.SUMMARY: ("要約して", "簡単にまとめてください", "Summarize this", "tl;dr"),
}


@pytest.mark.parametrize(("talk", "text"), [(t, s) for t, said in SAID.items() for s in said])
def test_words_that_are_looked_up_nowhere_are_known(talk: Talk, text: str):
    """Politeness, emoji and punctuation around them do not matter."""
    assert talk_in(text) is talk


@pytest.mark.parametrize(
    "text",
    [
        "給食費は？",
        "給食費の使い方は？",
        "ありがとう。ところで給食費は？",
        "議会の資料はどんな様式ですか",
        "図書館の資料はいつまで借りられますか",
        "しおまる号の経緯は？",
        "了解を得たのは誰ですか",
        "なるほど、来週の会議で使います",
        "他の年度の予算額は？",
        "予算をまとめて",
        "What helped the library?",
        "Is it OK to park there?",
        "history of the bus fare",
        "more buses on Sundays?",
        "それはいつ？",
        "誰が反対したの？",
        "給食費は誰が言った？",
        "次の会議はいつ？",
        "どの会議で値上げの話が出た？",
        "Who said the fare would go up?",
        "",
        "？",
    ],
)
def test_what_holds_a_matter_is_none(text: str):
    """A single word that is no courtesy makes it a question."""
    assert talk_in(text) is None


@pytest.mark.parametrize("word", ["なに", "じゃあ", "ね", "お", "すみませんが", "ok ", "good "])
def test_a_word_said_over_and_over_does_not_take_long(word: str):
    """What may be read in many ways is still read to its end."""
    assert talk_in(word * 30 + "市") is None
    assert talk_in((word * 20)[:36] + "市") is None


@pytest.mark.parametrize("text", ["", " ", "？！", ":tada: :+1:", "🎉👨‍👩‍👧", "…"])
def test_signs_alone_say_nothing(text: str):
    """Without a letter or a digit there is nothing to look for."""
    assert says_nothing(text)


@pytest.mark.parametrize("text", ["樹", "10:30", "a :tada:", "ｱ", "第5条"])
def test_a_letter_or_digit_says_something(text: str):
    """One outside of an emoji's name is enough."""
    assert not says_nothing(text)
