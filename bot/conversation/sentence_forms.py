"""The form of a sentence: does it ask, does it tell, does it go with the one before it. Pure."""

import re
from dataclasses import dataclass

from index.language import cues

_BULLET = re.compile(
    r"^\s*(?:[・●○■□◆◇*•‣\-–]\s*|[(（]?[0-9０-９]{1,2}[)）.．、:：]\s*|[①-⑳]\s*"
    r"|q[0-9]{1,2}[.:)\s]\s*)",
    re.IGNORECASE,
)
_CHANGES = re.compile(
    r"^\s*(?:ところで|さて|話は?(?:変|か)わ(?:り|って)ますが|話(?:は|が)(?:変|か)わ(?:って"
    r"|りますが)?|別件(?:です|なの|なん)?(?:ですが|が|で)?"
    r"|by the way|on another (?:note|subject)|another (?:thing|question|topic)"
    r"|separately)[、,:：。\s]*",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"[?？][」』）)\"”]*\s*$"
    r"|(?:です|ます|でしょう|だろう|だった|た|ない|る|の|ません|でした|のです|んです"
    r"|はず)か[。．]*$"
    r"|(?:かな|かしら|だっけ|でしたっけ|の?でしょう)[。．]*$"
    r"|(?:を|が|は|について|か|も|に|一覧|リスト)?(?:教え|おしえ|示し|見せ|調べ|まとめ|挙げ"
    r"|列挙し|説明し|探し|確認し)て"
    r"(?:ください|下さい|ほしい|欲しい|もらえ(?:ます|る)か?|いただけ(?:ます|る|ません)か?|くれ"
    r"|頂け(?:ます|ません)か|。|$)"
    r"|(?:を|が|か)(?:知り|見|確認し)たい(?:です|のですが|と思(?:い|って)(?:ます|います))?[。．]*$"
    r"|(?:は|とは|って)[。．]*$"
    r"|(?:いつ|どこ|誰|だれ|いくら|なぜ|どう|何|どれ|どちら|どのくらい)[。．]*$"
)
_ASKS_EN = re.compile(
    r"^\s*(?:(?:and|so|also|then|but)\s+)?(?:what|when|where|who|whom|whose|which|why|how|is"
    r"|are|was|were|do|does|did"
    r"|can|could|will|would|should|has|have|had|(?:please )?(?:tell|show|give|list|explain"
    r"|find))\b",
    re.IGNORECASE,
)
_ANNOUNCES = re.compile(
    r"(?:について|に関して|のことで|の件で)、?(?:少し|ちょっと|いくつか|何点か|[2-9２-９二三]点)?お?"
    r"(?:聞きたい|伺いたい|うかがいたい|質問|尋ねたい)"
    r"|(?:いくつか|何点か|[2-9２-９二三]点)(?:教えて|知りたい|聞かせて)"
    r"|^(?:質問|問い合わせ|お尋ね|以下|次の)"
    r"|(?:questions?|wondering) (?:about|on|regarding)\b.*[.:]\s*$",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"(?:ます|ました|ません|ませんでした|ましょう|た|だ|よ|ね|な|なあ|わ|けど|から|ので|(?:思い"
    r"|思って)ます|つもりです|予定です)"
    r"[。．！!~〜…w笑\s]*$"
)
_TELLS_EN = re.compile(
    r"^\s*(?:(?:ok|okay|and|so|but|then|well)[,\s]+)?(?:i|we|you|i'm|i'll|we'll|we're|let me"
    r"|let's|lets|that's|that is"
    r"|this is|it's|it is|he|she|they)\b",
    re.IGNORECASE,
)
_QUOTED_ON = re.compile(r"^(?:と(?!い|こ|も|り|き)|って|という|との)")
"""What goes on with the sentence before it: 「やるんだね？と迫られて」."""
_AFTERTHOUGHT, _FULL = 8, 12
"""Characters of what is added behind a question (「なぜ？」), and of such a question."""
_FINISHED = re.compile(r"(?:です|ます|た|だ)[。．]*$")


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of a message. ``bullet``: it is the item of a list."""

    text: str
    bullet: bool = False

    @property
    def asks(self) -> bool:
        """Whether it has the form of a question; announcing one is none."""
        text = self.text.strip()
        if _ANNOUNCES.search(text) and not text.endswith(("?", "？")):
            return False
        return bool(_ASKS.search(text) or _ASKS_EN.match(text))

    @property
    def tells(self) -> bool:
        """Whether it has the form of something told."""
        if cues.asks_which(self.text.casefold()):
            return False
        return bool(_TELLS.search(self.text.strip()) or _TELLS_EN.match(self.text))


def without_bullet(line: str) -> str:
    """Return a line without the mark or number of a list in front of it."""
    return _BULLET.sub("", line)


def announced_change(text: str) -> tuple[str, bool]:
    """Take 「ところで」 off a question; return the rest, and whether it was there."""
    match = _CHANGES.match(text)
    return (text[match.end() :], True) if match else (text, False)


def goes_with(rest: str, before: Said) -> bool:
    """Say whether words go with the sentence before them: 「…は賛成？反対？」."""
    if _QUOTED_ON.match(rest):
        return True
    short = 0 < len(rest) <= _AFTERTHOUGHT and not _FINISHED.search(rest)
    return short and before.asks and len(before.text) >= _FULL
