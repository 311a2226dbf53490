"""Words of made-up papers: accounts, projects, sections, bills."""

from random import Random

_NEGATIVE = 0.3
PLACES = (
    "北浜",
    "南台",
    "川手",
    "山の上",
    "駅前",
    "港町",
    "本郷",
    "東が丘",
    "西野",
    "中之島",
)
THINGS = (
    "保育所",
    "図書館",
    "公民館",
    "児童館",
    "給食センター",
    "斎場",
    "消防庁舎",
    "浄水場",
    "市道",
    "公園",
)
DEEDS = (
    "整備事業",
    "改修工事",
    "維持管理費",
    "運営費",
    "解体工事",
    "耐震化事業",
    "備品購入費",
    "設計委託料",
)
SECTIONS = (
    "総務課",
    "財政課",
    "子育て支援課",
    "高齢福祉課",
    "建設課",
    "上下水道課",
    "教育総務課",
    "危機管理課",
)
CHAPTERS = (
    "議会費",
    "総務費",
    "民生費",
    "衛生費",
    "農林水産業費",
    "商工費",
    "土木費",
    "消防費",
    "教育費",
)
PARTS = (
    "社会福祉費",
    "児童福祉費",
    "生活保護費",
    "災害救助費",
    "保健衛生費",
    "清掃費",
    "道路橋りょう費",
)
ITEMS = (
    "社会福祉総務費",
    "障害者福祉費",
    "老人福祉費",
    "国民年金事務費",
    "児童福祉総務費",
    "児童手当等給付事業費",
    "保育所管理運営費",
    "母子父子福祉費",
    "予防費",
    "環境衛生費",
)
KINDS = (
    "報酬",
    "給料",
    "職員手当等",
    "共済費",
    "旅費",
    "需用費",
    "役務費",
    "委託料",
    "使用料及び賃借料",
    "扶助費",
)
NOTES = (
    "会計年度任用職員報酬",
    "一般職給",
    "期末勤勉手当",
    "職員共済組合負担金",
    "普通旅費",
    "消耗品費",
    "通信運搬費",
    "システム保守委託料",
    "複写機借上料",
    "障害者自立支援給付費",
)
SENTENCES = (
    "本市では、人口の減少と高齢化が進む中で、公共施設の老朽化への対応が課題となっています。",
    "この計画は、関係する法令に基づき、今後１０年間の取組の方向を定めるものです。",
    "各地区の説明会では、送迎の手段と費用の負担について多くの意見が寄せられました。",
    "令和８年度までに改修を終え、令和９年４月から新しい施設の利用を始める予定です。",
    "事業の進み具合は毎年度確かめ、必要に応じて計画を見直すこととします。",
    "利用者の数は前の年度に比べて増えており、特に土曜日と日曜日の利用が目立ちます。",
    "財源には国の補助金と市債を充て、残りを一般財源で賄います。",
)


def amount(random: Random, *, signed: bool = False) -> str:
    """Return an amount with commas; some negative ones, by △."""
    value = random.randint(10, 10 ** random.randint(3, 7))
    return f"△{value:,}" if signed and random.random() < _NEGATIVE else f"{value:,}"


def project(random: Random) -> str:
    """Return the name of a project."""
    return random.choice(PLACES) + random.choice(THINGS) + random.choice(DEEDS)


def full_width(text: str) -> str:
    """Return figures in full width."""
    return text.translate(str.maketrans("0123456789,", "０１２３４５６７８９，"))
