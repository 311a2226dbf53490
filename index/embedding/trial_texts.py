"""Texts that an exported model is tried on: written for this, so that none is ever in an index."""

from typing import Final

FORMS: Final = (
    "",
    "予算",
    "駅前広場の整備について、完成の時期と費用の見通しを伺います。",
    "The committee approved the revised plan by nine votes to four.",
    "①「９時～１７時」は㈱ｶﾅ 😀 №3 — naïve Ω ﬁn",
    "審議会は答申の案を公開し、三十日のあいだ住民の意見を募る。" * 12,
    "委員会の記録。" * 400,
)
"""Short and long, in several scripts, one past the end of what a model reads."""

MEASURED: Final = (
    "令和六年度の一般会計予算案は総額四百二十億円で、前年度より三・二パーセント多くなっています。",
    "○委員長（谷本）　委員会を開きます。本日の議題は、水道料金の改定と公園の樹木の二件です。",
    "水道料金はいつから上がりますか",
    "Who proposed the change to the school bus routes?",
    "The department will report back on costs before the end of March; the route stays as it is.",
    "第３条　この条例において「事業者」とは、市内に事務所を置く者をいう。ただし、国を除く。",
    "受付窓口：市民課（２階）／電話 0000-00-0000　①申請書　②本人確認書類　③手数料300円",
    "はい。",
    "So I think, um, we should move the button to the side. Yeah, okay. And the colour?",
    "道路課長　お答えします。市道の舗装の傷みは、今年の夏に全線を点検したところ、延長にして"
    "約十二キロメートルで補修が要ると分かりました。来年度から三か年で計画的に進めます。"
    "なお、通学路に当たる区間は先に行います。" * 2,
    "川の名は山の名から取られ、古くは舟が行き来した。のちに宿場が置かれ、旅人でにぎわった。",
    "In 1874 the town built its first railway station; trade in salt and timber grew quickly.",
    "公園の木を切るのは誰が決めたのか",
    "| 区分 | 令和4年度 | 令和5年度 |\n| 歳入 | 1,204,500 | 1,318,020 |",
)
"""What the ranges inside of a model are measured on, before it is quantised."""

COMPARED: Final = (
    (
        "図書館の開館時間はどうなりますか",
        "中央図書館は来年四月から、平日の閉館を午後八時に延ばします。",
    ),
    (
        "除雪の順番を知りたい",
        "雪が十センチを超えた朝は、幹線、通学路、生活道路の順に除雪車を出しています。",
    ),
    (
        "保育園に入れない子は何人か",
        "四月一日現在、入園を待つ児童は二十七人で、前年より九人減りました。",
    ),
    (
        "給食費を無償にする考えは",
        "教育長　学校給食の無償化には毎年およそ一億八千万円が要り、国の動きを見て判断します。",
    ),
    ("ごみ袋の値段", "指定ごみ袋は、大が一枚三十円、中が二十円、小が十円とする。"),
    (
        "空き家を壊す補助",
        "危険な空き家の取壊しには、費用の二分の一、五十万円を限度に補助金を交付する。",
    ),
    (
        "バスの廃止に反対した人",
        "北沢委員　高齢者の足を奪うことになりますので、南部線の廃止には賛成できません。",
    ),
    (
        "津波のときどこへ逃げるか",
        "津波警報が出たときは、小学校の三階か、丘の上の運動公園に避難してください。",
    ),
    (
        "職員は何人減ったのか",
        "総務部長　職員数は十年前の六百十二人から、五百四十八人になっております。",
    ),
    (
        "議長の選挙の結果",
        "投票の結果、有効投票二十三票のうち、石田君が十四票を得て議長に当選しました。",
    ),
    ("熊が出たら", "クマを見かけたときは近づかず、農林課か警察に知らせてください。"),
    (
        "太陽光パネルの届出",
        "出力十キロワット以上の太陽光発電設備を設ける者は、着工の三十日前までに届け出る。",
    ),
    (
        "How much does the new bridge cost?",
        "Replacing the mill bridge is estimated at 4.2 million, half of it paid by the province.",
    ),
    (
        "Why was the meeting postponed?",
        "As fewer than half of the members were present, the chair moved the session to Tuesday.",
    ),
    (
        "What did they say about the remote control's battery?",
        "Um, a kinetic battery would be nice, but with our budget it's the ordinary one, I'd say.",
    ),
    (
        "Who may apply for a market stall?",
        "Any resident over eighteen may apply for a stall; traders from elsewhere pay double.",
    ),
)
"""Questions, each with the passage that answers it."""
