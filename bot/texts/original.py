"""The texts around the pages of the original that are sent as pictures."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OriginalWording:
    """Those of one language. Those with braces are filled by ``str.format``."""

    button: str
    sent: str
    nothing: str
    refused: str
    scope: str
    picture: str


JA_ORIGINAL = OriginalWording(
    button="原本を見る",
    sent="原本のページを、ダイレクトメッセージでお送りしました。",
    nothing=(
        "原本のページをお見せできません。ファイルが元の場所にないか、取り込んだあとに変わっています。"
    ),
    refused="原本のページをお送りできませんでした。しばらくしてからもう一度押してください。",
    scope=(
        "原本のページをお送りできませんでした。アプリに権限 files:write がありません。"
        "管理者にお伝えください。"
    ),
    picture="{source}の画像。引用した箇所に印をつけています。",
)
EN_ORIGINAL = OriginalWording(
    button="See the original",
    sent="I sent you the page of the original as a direct message.",
    nothing=(
        "The page cannot be shown: the file is no longer at its place, or was changed since it "
        "was read."
    ),
    refused="The page could not be sent. Press again in a while.",
    scope="The page could not be sent: the app lacks files:write. Please tell your administrator.",
    picture="Picture of {source}, the cited words marked.",
)
