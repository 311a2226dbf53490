"""The fixed texts in Japanese."""

from bot.feedback.given import Complaint
from bot.texts.catalogue import Wording
from index.passage import DocumentKind

JA = Wording(
    working="資料を調べています…",
    narrowed="{what}に絞りました。",
    widened="絞り込みを外して、資料全体から探しました。",
    widened_rest="ほかの絞り込みは外しました。",
    omitted="（中略）",
    quotes="「」",
    loosened="{what}に当てはまる資料がないため、全体から探しました。",
    more="続きを見る",
    widen="絞り込みを外す",
    narrow_again="絞り込みに戻す",
    whole_title="引用した箇所の全文",
    close="閉じる",
    opening="資料を開いています…",
    full_option="ほか{count}か所は --full をつけると読めます。",
    not_yours=(
        "このボタンを使えるのは、質問した人だけです。同じことを知りたいときは、ご自分で質問してください。"
    ),
    gone=(
        "もとの質問か答えが見つかりません（消されたか、このチャンネルを読めなくなっています）。"
        "もう一度質問してください。"
    ),
    unread="いまSlackから会話を読み取れません。少ししてから、もう一度押してください。",
    changed=(
        "引用した箇所は、その後の資料の変更のためお見せできません。お手数ですが、もう一度質問してください。"
    ),
    as_cited="お答えしたときに引用した箇所です。いま調べ直すと、別の箇所が見つかります。",
    asked="会議での質問: {question}",
    sources="出典",
    goes_on="発言の続き",
    page="{page}ページ",
    pages="{page}〜{last_page}ページ",
    row="{row}行",
    rows="{row}〜{last_row}行",
    slide="スライド{slide}",
    by_machine="{place}（機械による読み取り）",
    not_found="資料の中には見つかりませんでした。",
    nearest="近い箇所:",
    left_out="ほか{count}件は長さの都合で省きました。質問をしぼると出てきます。",
    fault=(
        "すみません、うまく調べられませんでした。しばらくしてからもう一度きいてください。"
        "続くときは管理者に番号 {reference} をお伝えください。"
    ),
    home_title="Kiroku（記録）",
    home_lines=(
        "会議録・条例・報告書についての質問に、原文の引用と出典（資料名・日付・ページ・発言者）で答えます。",
        (
            "きき方: チャンネルで @メンションして質問するか、メッセージタブに質問を書いてください。"
            "同じスレッドの続きの質問は、ほかの人が加わるまではメンションなしで届きます。"
        ),
        "答えは資料の文章の引用で、作文はしません。資料にないことは「見つからない」と答えます。",
        (
            "質問も資料もこのサーバーの外には送られません（Slack とのやりとりを除く）。"
            "質問文は答えたあと消します（評価をいただいた質問と、答えられなかった質問を除く。"
            "答えられなかった質問は、だれの質問かを残さずに記録します）。"
        ),
    ),
    home_index="いま調べられる資料",
    home_counts="{kind}: {count}件",
    home_newest="もっとも新しい資料: {date}",
    home_empty="まだ資料がありません。管理者が資料を取り込むと答えられるようになります。",
    kinds={
        DocumentKind.MINUTES: "会議録",
        DocumentKind.ORDINANCE: "条例・規則",
        DocumentKind.REPORT: "報告書など",
    },
    prompt_ordinance="{title}の第1条は？",
    list_separator="、",
    history_head="「{topic}」はこれまで{count}回の会議で取り上げられています（{order}）。",
    history_oldest_first="古い順",
    history_newest_first="新しい順",
    history_documents="会議録のほか、条例・報告書など{count}件にも記述があります。",
    history_only_documents=(
        "「{topic}」は会議録には見つかりませんでした。条例・報告書など{count}件に記述があります（{order}）。"
    ),
    history_none="「{topic}」を取り上げた会議や資料は、登録された資料の中に見つかりませんでした。",
    history_undated="日付なし",
    history_decided="決定",
    history_promised="今後の対応",
    history_promises="今後の対応を含む",
    history_more=(
        "これより古いものなど{count}件は省きました。--limit を大きくすると、すべて見られます。"
    ),
    history_others="ほか{count}件は「前の会議を見る」で読めます。",
    history_earlier="前の会議を見る",
    history_later="新しい会議へ戻る",
    history_whole="詳しく見る",
    history_title="これまでの議論",
    history_page="{count}件のうち{first}〜{last}件目（新しい順）",
    history_table="CSVで受け取る",
    history_timeline="年表を見る",
    history_table_sent="CSVを、ダイレクトメッセージでお送りしました。",
    history_timeline_sent="年表を、ダイレクトメッセージでお送りしました。",
    history_file_title="「{topic}」のこれまでの議論",
    history_not_drawn="年表を作れませんでした。続くときは、管理者にお伝えください。",
    history_columns=(
        *("年月日", "会議", "件名", "資料", "ページ", "発言者", "質問者"),
        *("発言（原文）", "決定", "リンク", "今後の対応"),
    ),
    timeline_kinds=("決定", "今後の対応", "議論・記述"),
    timeline_rest="ほかの会議",
    timeline_left_out="ほか{count}件は図にありません。",
    timeline_described="「{topic}」の年表。{count}件、{first}から{last}まで。{what}",
    file_refused="ファイルをお送りできませんでした。しばらくしてからもう一度押してください。",
    file_scope=(
        "ファイルをお送りできませんでした。アプリに権限 files:write がありません。"
        "管理者にお伝えください。"
    ),
    withheld="資料は、これを決まっていない、または示されていないとしています。",
    nearest_title="近い箇所の全文",
    near="近い箇所を見る",
    taken_over="前の質問「{what}」の続きとして調べました。",
    read_as="「{what}」と読んで調べました。",
    taken_alone="前の質問とは切り離して調べました。",
    alone="前の質問と切り離す",
    carry_on="前の質問の続きにする",
    searched="調べた範囲: {what}",
    and_others="など",
    documents="{count}件",
    rephrase=(
        "資料に出てきそうな言葉（事業・施設・条例の名前など）を入れて、きき直してみてください。"
    ),
    rephrase_absent="{what}は資料に出てこない言葉です。別の言い方で、きき直してみてください。",
    try_wider="「絞り込みを外す」を押すと、資料全体から探せます。",
    try_alone="前の質問と別の話なら、「前の質問と切り離す」を押してください。",
    to_whom="{who} さんの質問への答えです。",
    cut_question="質問が長いため、はじめと終わりのあわせて{length}文字で調べました。",
    found_in="長い文の中の、次の質問について調べました: 「{question}」",
    questions_left=(
        "質問は{most}つまでいちどに答えます。残りの{count}つは、あらためて書いてください。"
    ),
    help="質問をそのまま書いてください。会議録・条例・報告書から、原文の引用と出典で答えます。",
    help_thread="答えのあとに「それはいつ？」「もっと詳しく」「他の年は？」と続けられます。",
    help_examples="例:",
    thanks="どういたしまして。続きの質問もどうぞ。",
    greeting="こんにちは。調べたいことを、そのまま書いてください。「使い方」と書くと説明が出ます。",
    noted="はい。続きの質問もどうぞ。",
    no_summary=(
        "要約や言い換えはしません。資料の言葉をそのまま引用します。「もっと詳しく」と書くと、"
        "引用の続きが読めます。"
    ),
    nothing_before="何の続きか分かりませんでした。知りたいことを、質問として書いてください。",
    index_head="いま調べられる資料は{count}件です。",
    index_bodies="会議: {what}",
    index_years="年: {what}",
    index_ingested="最後の取り込み: {date}",
    years="{first}〜{last}",
    prompt_history="{topic}はこれまでどう議論された？",
    prompt_index="どんな資料がある？",
    count_of="{name} {count}件",
    no_more="引用した箇所は、これで全部です。ほかに知りたいことを書いてください。",
    refused="お見せできる資料はありません。必要なときは、管理者にご相談ください。",
    refused_here=(
        "このチャンネルでは、お見せできる資料はありません。ダイレクトメッセージでお尋ねください。"
    ),
    unchecked=(
        "ご覧になれる資料の範囲を、いま確かめられません。しばらくしてから、もう一度お尋ねください。"
    ),
    not_posted=(
        "お尋ねのあったチャンネルには書き込めませんでした（アーカイブされたか、投稿が制限されています）。"
        "このダイレクトメッセージでお尋ねください。"
    ),
    feedback_good="役に立った",
    feedback_bad="役に立たなかった",
    feedback_thanks="ありがとうございます。質問と答えを、改善のために記録しました。",
    feedback_title="ご意見",
    feedback_intro=(
        "「役に立たなかった」と受け取りました。よろしければ理由をお聞かせください（任意）。"
        "質問・答え・理由は、改善のためにこのサーバーに記録します。"
    ),
    feedback_why="どこがよくなかったですか（任意）",
    complaints=(
        (Complaint.WRONG, "答えがまちがっている"),
        (Complaint.WRONG_PLACE, "引用した箇所がちがう（別の箇所に答えがある）"),
        (Complaint.SHOULD_DECLINE, "資料に答えはない（「見つからない」と答えるべき）"),
        (Complaint.TOO_LONG, "長すぎる"),
    ),
    feedback_comment="ひとこと（任意）",
    feedback_send="送る",
    not_now="いまは受け付けられませんでした。しばらくしてから、もう一度押してください。",
    staff_ask="担当に聞く",
    staff_sent="担当（{channel}）に送りました。",
    staff_already="この質問は、担当（{channel}）に送ってあります。",
    staff_refused=(
        "担当のチャンネルに送れませんでした。"
        "Kiroku をそのチャンネルに招待するよう、管理者にお伝えください。"
    ),
    staff_head="{who} さんから、資料では答えられなかった質問です。",
    staff_link="質問のメッセージを開く",
)
