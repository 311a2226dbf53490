"""The texts of the pages that are seen when the app is installed into a workspace."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InstallWording:
    """The texts of one language. Those with braces are filled by ``str.format``."""

    title: str
    done: str
    already: str
    not_named: str
    cancelled: str
    expired: str
    refused: str
    not_now: str


JA_INSTALL = InstallWording(
    title="Kirokuの追加",
    done="Kirokuをワークスペースに追加しました。このページは閉じてかまいません。",
    already="Kirokuはこのワークスペースにすでに入っています。",
    not_named=(
        "このワークスペース（{team}）はまだ登録されていないため、追加しませんでした。"
        "Kirokuの管理者に、この番号の登録を依頼してください。"
    ),
    cancelled="追加を取りやめました。",
    expired="時間がたったか、別の画面で始めたため、続けられません。もう一度はじめからお願いします。",
    refused="Slackから許可を受け取れませんでした。もう一度はじめからお願いします。続く場合は、Kirokuの管理者にお知らせください。",
    not_now="いまは追加できません。しばらくしてから、もう一度お願いします。",
)

EN_INSTALL = InstallWording(
    title="Adding Kiroku",
    done="Kiroku is in your workspace now. You may close this page.",
    already="Kiroku is in this workspace already.",
    not_named=(
        "This workspace ({team}) is not registered yet, so Kiroku was not added. Please ask "
        "whoever runs Kiroku to register this number."
    ),
    cancelled="Kiroku was not added.",
    expired=(
        "Too much time has passed, or this was begun in another window. Please start over from "
        "the beginning."
    ),
    refused=(
        "Slack has not given its permission. Please start over from the beginning; if this goes "
        "on, tell whoever runs Kiroku."
    ),
    not_now="Kiroku cannot be added at the moment. Please try again in a while.",
)


def install_wording(language: str) -> InstallWording:
    """Return the texts in a language, ``ja`` or ``en``."""
    return EN_INSTALL if language == "en" else JA_INSTALL
