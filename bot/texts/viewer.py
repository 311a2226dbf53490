"""The texts of the viewer's pages, around the documents' words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ViewerWording:
    """The texts of one language. Those with braces are filled by ``str.format``."""

    site: str
    skip: str
    cited: str
    by_machine: str
    answers_this: str
    answered_by: str
    page_heading: str
    picture: str
    to_mark: str
    enlarge: str
    page_text: str
    around: str
    open_this: str
    no_picture_changed: str
    no_picture: str
    previous: str
    following: str
    neighbours: str
    outline: str
    here: str
    page: str
    original: str
    download: str
    original_gone: str
    replaced: str
    final: str
    final_otherwise: str
    removed_title: str
    removed: str
    other_language: str
    until: str
    for_ever: str
    own_words: str
    fault: str


JA_VIEWER = ViewerWording(
    site="Kiroku（記録）",
    skip="引用箇所へ移動",
    cited="引用箇所",
    by_machine="この箇所の文字は機械（OCR）が読み取ったものです。画像と見比べてください。",
    answers_this="会議での質問",
    answered_by="この質問への答え",
    page_heading="原本の{page}ページ",
    picture="原本の{page}ページの画像。引用箇所に印をつけています。同じ内容の文字が下の「このページの本文」にあります。",
    to_mark="画像の印へ移動",
    enlarge="画像だけを開く",
    page_text="このページの本文",
    around="前後の本文",
    open_this="この箇所を開く",
    no_picture_changed=(
        "原本のファイルが元の場所にないか、取り込んだあとに変わっているため、"
        "取り込んだときの文章を示します。"
    ),
    no_picture="原本のページを画像にできないため、取り込んだ文章を示します。",
    previous="前の箇所",
    following="次の箇所",
    neighbours="前後の箇所",
    outline="この資料の目次",
    here="表示中",
    page="{page}ページ",
    original="原本",
    download="原本をダウンロード（{name}）",
    original_gone="原本のファイルは元の場所にないか、取り込んだあとに変わっています。",
    replaced=(
        "このリンクが指していた文章は、資料が読み直されてなくなりました。"
        "いまの資料でいちばん近い箇所を示します。"
    ),
    final="このリンクは速報版などに付けられたものです。いまは確定した会議録の同じ箇所を示しています。",
    final_otherwise=(
        "このリンクは速報版などに付けられたものです。その文章は確定した会議録にありません。"
        "いちばん近い箇所を示します。"
    ),
    removed_title="資料がありません",
    removed=(
        "このリンクが指していた資料は、索引から取り除かれたか、読めなくなっています。"
        "Kiroku にもう一度質問するか、管理者にお尋ねください。"
    ),
    other_language="English",
    until="このリンクは{day}まで開けます。",
    for_ever="このリンクに期限はありません。",
    own_words="引用は資料の文章そのままです。",
    fault="表示できませんでした。しばらくしてから開き直してください。続くときは管理者に連絡してください。",
)

EN_VIEWER = ViewerWording(
    site="Kiroku",
    skip="Skip to the cited passage",
    cited="Cited passage",
    by_machine="These words were read by machine (OCR): compare them with the picture.",
    answers_this="Asked at the meeting",
    answered_by="Answers to this question",
    page_heading="Page {page} of the original",
    picture=(
        "Picture of page {page} of the original, the cited words marked. "
        "The same words stand as text below, under “Text of this page”."
    ),
    to_mark="Skip to the mark in the picture",
    enlarge="Open the picture alone",
    page_text="Text of this page",
    around="The text around it",
    open_this="Open this passage",
    no_picture_changed=(
        "The original is no longer at its place, or was changed since it was read: "
        "this is the text as it was read."
    ),
    no_picture="The page cannot be drawn: this is the text as it was read.",
    previous="Previous passage",
    following="Next passage",
    neighbours="Passages before and after",
    outline="Outline of this document",
    here="shown here",
    page="p. {page}",
    original="Original",
    download="Download the original ({name})",
    original_gone="The original is no longer at its place, or was changed since it was read.",
    replaced=(
        "The words that this link was made for are gone: the document was read anew. "
        "This is what is nearest to them in it now."
    ),
    final="This link was made for a draft. The same words are shown in the final version.",
    final_otherwise=(
        "This link was made for a draft whose words are not in the final version. "
        "This is what is nearest to them."
    ),
    removed_title="The document is gone",
    removed=(
        "The document that this link leads to was taken out of the index, or can no longer be "
        "read. Ask Kiroku again, or your administrator."
    ),
    other_language="日本語",
    until="This link opens until {day}.",
    for_ever="This link does not expire.",
    own_words="Quotations are the document's own words.",
    fault=(
        "This could not be shown. Open it again in a while; if it goes on, tell your administrator."
    ),
)
