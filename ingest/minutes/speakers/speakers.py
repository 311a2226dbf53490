"""What a label such as ``石田（秀）委員`` says about the speaker.

Recognises general words for posts at the end of the label, never names.
"""

import re
import unicodedata
from collections.abc import Mapping

from index.record import Role

_AGENT = r"(?:職務代理者?|代理者?|代行|心得|事務取扱)?"
_VICE = re.compile(
    rf"(?:副(?:議長|委員長|会長|座長|部会長){_AGENT}|(?:会長|議長|委員長|座長)(?:職務)?代[理行]者?)$"
)
_HOUSE = re.compile(rf"議長{_AGENT}$")
_ROLE_ENDS = (
    (
        Role.EXECUTIVE,
        r"(?:教育|選挙管理|公安|農業|人事|公平|監査|固定資産評価審査)(?:委員会)?委員長?|民生委員",
    ),
    (Role.MEMBER, _VICE.pattern),
    (
        Role.CITIZEN,
        (
            r"(?:傍聴[人者]|(?:(?<!他)市|[区町村県府都道住])民|参加者|来[場庁]者|利用者"
            r"|町会長|自治会長|保護者)[A-Z0-9]*"
        ),
    ),
    (
        Role.CHAIR,
        rf"(?:議長|委員長|(?<!町)(?<!治)(?<!合)会長|座長|司会者?|進行役?|主宰){_AGENT}",
    ),
    (
        Role.MEMBER,
        r"(?:委員|議員|会員|構成員|組合員|[0-9〇一二三四五六七八九十百]+番|質[問疑]者|委員等|委員一同)[A-Z0-9]*",
    ),
    (
        Role.WITNESS,
        (
            r"(?:参考人|証人|公述人|(?:請願|陳情)(?:者|人|代表者?|提出者)|意見陳述[人者]|鑑定人"
            r"|講師|オブザーバー|アドバイザー|招へい者|有識者)"
        ),
    ),
    (
        Role.EXECUTIVE,
        (
            r"(?:長|知事|事務局員?|理事者?|[監参幹主]事|参与|主幹|主査|主任|主席|技師|補佐|\S監|官"
            r"|監査|説明員|専門員|職員|管理者|助役|収入役|書記|担当者?|当局|執行部|顧問|保健師|事業者"
            r"|受託者|コンサルタント|答弁者|回答者|市|区|町|県|\S[課局室係班署庁省]|\S{2}[部所村]"
            r"|[本支]部|[支役]所)"
        ),
    ),
)
"""Endings of labels by role, in the order in which they are tried (教育委員長 is not a chair)."""
_ROLES = tuple((role, re.compile(rf"(?:{ends})$")) for role, ends in _ROLE_ENDS)
_ENGLISH_ROLES = {
    Role.CHAIR: r"(?<!vice[ -])(?<!deputy[ -])chair(?:man|woman|person)?|speaker"
    r"|presiding officer|council president",
    Role.MEMBER: r"council ?(?:member|man|woman|or)s?|cllrs?|councillor|alder(?:man|woman|person)"
    r"|member|commissioner|trustee|representative|senator|(?:vice|deputy)[ -](?:mayor|chair\w*)"
    r"|mayor pro[ -]tem(?:pore)?",
    Role.EXECUTIVE: r"mayor|minister|director|manager|superintendent|attorney|clerk|secretary"
    r"|chief|officer|treasurer|engineer|planner|staff|administrator|comptroller|auditor|governor"
    r"|counsel|assistant|head of|librarian|bureau|department",
    Role.WITNESS: r"witness|professor|expert|consultant",
    Role.CITIZEN: r"public(?: comment(?:er)?)?|resident|citizen|audience|caller",
}
_ENGLISH = tuple(
    (role, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for role, words in _ENGLISH_ROLES.items()
)
_QUESTIONER = re.compile(r"^(?:Q|問|(?:再々?|再三|追加)?質問|質|再?質疑|意見|委員意見)[0-9.]*$")
_ANSWERER = re.compile(
    r"^(?:A|答|回答|応|(?:再々?|再三|追加)?答弁|事務局回答|市の考え方|市回答)[0-9.]*$"
)
_PERSON = re.compile(r"(?:君|くん|氏|さん|様|殿|女史|先生|教授|弁護士|医師|博士)$")
_HONORIFIC = re.compile(r"(?:君|くん|氏|さん|様|殿)$")
_BRACKET = re.compile(r"[（(]([^（）()]*)[）)]")
_BEFORE_BRACKET = re.compile("[（(]")
_SECRETARIAT = re.compile("事務局|当局|執行部|説明")
_NOT_A_LABEL = re.compile(
    r"[。、，「」『』！!？?※→＝=を]|について|に関する|こと$|ため$|もの$|(?:開|閉|散|休"
    r"|再)[会議開憩]|午[前後]|日時|場所|会場"
    r"|出席|欠席|議題|議事|日程|資料|別紙|別添|参考(?!人)|質疑$|説明$|拍手|以上|呼ぶ者|登壇"
    r"|退[席室]|着席|離席|挙手|起立"
    r"|朗読|^注|備考|連絡先|電話|案件|次第|お知らせ|[0-9]年|[0-9]月|[0-9]日|[0-9]時|[0-9]分|円$"
    r"|名$|人中|異議な[しい]|賛成(?:全員|多数|少数)|(?:全員|一同)(?:賛成|承認|了承)$"
)
_POST_WORD = re.compile(
    r"(?:職務代理者|議長|委員長|会長|座長|部会長|議員|委員|教育長|副?市長|副?区長|副?町長|副?村長"
    r"|副?知事|[^\s]*?[部課局室所館園校係班署次院場]長"
    r"|課長補佐|参事|参与|主幹|主査|(?:主任)?主事|主任|事務局員?|説明員|書記|参考人|番)$"
)
_POST_FIRST = re.compile(
    r"(?P<post>副?(?:[市区町村]長|知事|管理者)|教育長|\S{2,10}[部課局室所館次]長)(?=\S{2,8}君$)"
)
"""町長佐藤次郎君: a post and a name in one piece."""
NAME_CHARS = "一-鿿々〆ぁ-んァ-ヶー髙﨑𠮷"
"""The characters of Japanese names, for use in a character class."""
_NAME = re.compile(f"[{NAME_CHARS}]+")
_LONGEST = 32
_LONGEST_IN_LIST = 10


def fold_label(label: str) -> str:
    """Return the label with half-width digits and letters and without blanks."""
    return "".join(unicodedata.normalize("NFKC", label).split())


def in_brackets(label: str) -> list[str]:
    """Return the text in the brackets of a label: ``田上一郎君`` in ``議長（田上一郎君）``."""
    return _BRACKET.findall(label)


def without_brackets(label: str) -> str:
    """Return the label without its brackets: ``議長`` for ``議長（田上一郎君）``."""
    return _BRACKET.sub("", label)


def without_honorific(name: str) -> str:
    """Return the name without 君, さん and the like at its end."""
    return _HONORIFIC.sub("", name)


def is_name(word: str) -> bool:
    """Say whether a word has only kanji and kana, as Japanese names do."""
    return _NAME.fullmatch(word) is not None


def is_possible_label(label: str) -> bool:
    """Say whether the words can be a speaker's label at all (not a heading, a time, a sentence)."""
    return 0 < len(label) <= _LONGEST and not _NOT_A_LABEL.search(fold_label(label))


def is_japanese_label(label: str) -> bool:
    """Say whether the label contains kana or kanji (``A委員`` is Japanese)."""
    return re.search("[ぁ-んァ-ヶ一-鿿]", label) is not None


def has_post(label: str) -> bool:
    """Say whether the label ends in a general word for a post, a seat number or a title."""
    name = fold_label(label)
    parts = (without_brackets(name), *in_brackets(name))
    return any(bool(_role_of_words(part) or _PERSON.search(part)) for part in parts if part)


def is_post_with_name(label: str) -> bool:
    """Say whether the label is a post and behind it a name: ``会長　笹原 徳蔵``."""
    post, *name = label.split()
    return bool(name) and is_post(post) and is_name("".join(name)) and not has_post(name[-1])


def is_post(words: str) -> bool:
    """Say whether the words are a post or a seat and nothing else: ``総務課長``, ``５番``."""
    rest = surname(words)
    return has_post(words) and (not rest or rest.isdigit())


def lists_people(words: str) -> bool:
    """Say whether the words list people by post and name, and nothing is said of them."""
    parts = re.split(r"[、・ \u3000]+", without_brackets(words).strip())
    posts = sum(1 for part in parts if is_post(part))
    return 0 < posts < len(parts) - 1 and all(
        is_name(part) and len(part) <= _LONGEST_IN_LIST for part in parts
    )


def is_question_or_answer(label: str) -> bool:
    """Say whether the label is the Q or A of a summary (``問``, ``Q1``, ``回答``)."""
    return bool(_QUESTIONER.match(fold_label(label)) or _ANSWERER.match(fold_label(label)))


def is_numbered(label: str) -> bool:
    """Say whether the label is a Q or A that counts, or is no word: ``Q1``, ``問2``, ``Q``."""
    name = fold_label(label).rstrip(".")
    return is_question_or_answer(name) and (name[-1].isdigit() or name.isascii())


def role_of(label: str) -> Role | None:
    """Return the role that the label implies; ``None`` if it is only a name.

    A vice chair counts as a member; ``exchanges.pairing`` deals with one who presides.
    """
    name = fold_label(label)
    if _QUESTIONER.match(name):
        return Role.MEMBER
    if _ANSWERER.match(name):
        return Role.EXECUTIVE
    if not is_japanese_label(name):
        return _english_role(label)
    if is_post_with_name(label):
        name = fold_label(label.split(maxsplit=1)[0])
    first = _POST_FIRST.match(name)
    parts = (first["post"] if first else without_brackets(name), *in_brackets(name))
    role = next((role for part in parts if (role := _role_of_words(part))), None)
    asks = _QUESTIONER.match(_BEFORE_BRACKET.split(name, maxsplit=1)[0])
    if asks and role is Role.EXECUTIVE and not _SECRETARIAT.search(name):
        return Role.MEMBER  # 質問（県の課長補佐）: who sits as a member
    if role is None and parts[0] != name:
        role = role_of(parts[0])  # Q（小森）
    return Role.MEMBER if role is None and name.rstrip("）)").endswith("君") else role


def role_among(label: str, listed: Mapping[str, Role]) -> Role | None:
    """Return the role of a label; of a name that of who is ``listed`` by it, folded."""
    role = role_of(label)
    if role is None or fold_label(label).endswith("君"):
        name = surname(label)
        for known, side in listed.items():
            if name and (known.startswith(name) or name.startswith(known)):
                return side
    return role


def is_deputy_chair(label: str) -> bool:
    """Say whether the label names a deputy of the chair."""
    return _VICE.search(without_brackets(fold_label(label))) is not None


def is_speaker_of_the_house(label: str) -> bool:
    """Say whether the label is 議長 (or 副議長, 臨時議長), who preside in a plenary sitting."""
    return _HOUSE.search(without_brackets(fold_label(label))) is not None


def surname(label: str) -> str:
    """Return the label without its post, if it has one: ``中嶋`` for ``中嶋会長``."""
    name = fold_label(label)
    inner = [part for part in in_brackets(name) if part.endswith("君")]
    base = without_honorific(inner[0] if inner else without_brackets(name))
    return _POST_WORD.sub("", base).removesuffix("副")


def _role_of_words(words: str) -> Role | None:
    return next((role for role, ends in _ROLES if ends.search(words)), None)


def _english_role(label: str) -> Role | None:
    return next((role for role, pattern in _ENGLISH if pattern.search(label)), None)
