"""What is said in every meeting and says nothing: thanks and openings. Pure."""

import re

from index.language.text import fold

_COURTESY = re.compile(
    r"(お答え|(ご|御)?(答弁|説明|報告))(を)?(いたしま|申し上げま|させていただきま|しま)す。?$"
    r"|(質問|指摘|意見|提案|要望).{0,12}ありがとうございま(す|した)。?$"
    r"|よろしくお願い(を)?(いたしま|申し上げま|しま)す。?$|失礼(し|いたし)ます。?$"
    r"|^(はい|ええ|えー)[、。]?$|^(thank you|thanks)\b"
    r"|について(の(お尋ね|ご質問))?(で(ござい|あり)ます|です|である)。?$"
    r"|^資料.{0,8}(ご覧|でございます)|(重く|真摯に)受け(止|と)め",
    re.IGNORECASE,
)
"""A sentence that is nothing but courtesy or repeats what was asked."""
_SHORT = 80
"""Characters up to which a sentence may be a mere courtesy."""


def is_courtesy(sentence: str) -> bool:
    """Tell whether a sentence is nothing but courtesy, or repeats what was asked."""
    return len(sentence) < _SHORT and bool(_COURTESY.search(fold(sentence).strip()))
