"""The papers of a village, written for these tests: three sittings, each a file of its own."""

from pathlib import Path

_HEAD = """小春村議会 {body} 会議録

日時　{day}　午前10時から
場所　小春村役場 第1会議室
出席委員　早坂直委員長、近江育子委員、能勢一夫委員
説明員　栗本敏村長、桐山こども課長、沼田建設課長

"""
_FIRST = """１　放課後児童クラブについて

○近江育子委員　放課後児童クラブの利用料の値上げを考えているのか。
○桐山こども課長　値上げは考えていない。当面は月額四千円のままとする。
○能勢一夫委員　村長に伺う。除雪機は足りているのか。
○栗本敏村長　除雪機は五台あり、来年度に一台を買い足す予定である。
"""
_SECOND = """１　議案第七号の審査

○早坂直委員長　議案第七号、小春村放課後児童クラブ条例の一部を改正する条例を議題とする。
○近江育子委員　値上げの幅を五百円とした理由は何か。
○桐山こども課長　支援員を一人増やす費用に見合う額である。
○早坂直委員長　採決する。議案第七号は賛成多数で可決すべきものと決した。

２　除雪について

○近江育子委員　除雪の出動の基準を村長に伺う。
○栗本敏村長　積雪が十五センチメートルに達した朝に出動する。
"""
_THIRD = """１　報告

○能勢一夫委員　児童クラブをやめた家庭はあるか。
○桐山こども課長　値上げを理由に児童クラブをやめた家庭はない。
○能勢一夫委員　水路の柵の修繕はいつ終わるのか。
○沼田建設課長　九月末までに終える。
"""
_SITTINGS = {
    "令和4年9月12日.txt": ("総務民生委員会", "令和4年9月12日", _FIRST),
    "令和5年12月8日.txt": ("総務民生委員会", "令和5年12月8日", _SECOND),
    "令和6年6月14日.txt": ("総務民生委員会", "令和6年6月14日", _THIRD),
}


def write_papers(folder: Path) -> Path:
    """Write the papers into a folder and return it."""
    folder.mkdir()
    for name, (body, day, said) in _SITTINGS.items():
        (folder / name).write_text(_HEAD.format(body=body, day=day) + said, encoding="utf-8")
    return folder
