"""The commands on the sample council's index, with the real embedder: what people and scripts see.

They are run in this process, through click; where a terminal, a signal or a pipe matters, as a
process of their own in test_processes.py.
"""

import json

import pytest
from click.testing import CliRunner

import samples
from bot.texts import JA
from cli.main import kiroku
from tests.cli.output.test_json_output import CITATION, HIT, LISTED, REPLY, SHOWN, assert_shape

pytestmark = pytest.mark.slow

COUNCIL = 20
MEETING = "公共交通審議会/R040721_第5回公共交通審議会_議事録.pdf"
QUESTION = "車いすのまま乗れる車両はありますか？"
ANSWER = "２台のうち１台を、リフト付きの車両とする予定です。"


def run(data, *words, status=0, given=None):
    """Run ``kiroku`` on a data folder and return its standard output; check how it ended."""
    ended = CliRunner().invoke(kiroku, [*words, "--data", str(data)], input=given)
    assert ended.exit_code == status, ended.output
    return ended.stdout


def run_json(data, *words, **options):
    """Run ``kiroku … --json`` and return what it printed."""
    return json.loads(run(data, *words, "--json", **options))


def test_search_finds_the_answer_with_its_origin(sample_index):
    """The hit is the answer's own words, with page, speaker, date and the question."""
    found = run_json(sample_index, "search", QUESTION, "--limit", "5")
    assert list(found) == ["query", "hits", "took_ms", "understood", "loosened"]
    assert set(found["took_ms"]) == {"total", "embed", "retrieve"}
    assert [hit["rank"] for hit in found["hits"]] == [1, 2, 3, 4, 5]
    for hit in found["hits"]:
        assert_shape(hit, HIT)
    (hit,) = [hit for hit in found["hits"] if hit["text"] == ANSWER]
    assert (hit["document"], hit["page"], hit["date"]) == (MEETING, 2, "2022-07-21")
    assert (hit["speaker"], hit["role"]) == ("三枝課長", "executive")
    assert "野々村委員" in hit["question"]


def test_search_is_narrowed_by_the_filters(sample_index):
    """Dates (ISO or wareki), body, speaker and kind leave nothing else over."""

    def hits(*words):
        return run_json(sample_index, "search", "しおまる号", *words)["hits"]

    assert all(hit["date"] >= "2024-01-01" for hit in hits("--from", "令和6年1月1日"))
    assert all(hit["date"] <= "2022-12-31" for hit in hits("--to", "R4.12.31"))
    assert all(hit["date"] <= "2023-08-03" for hit in hits("--as-of", "2023-08-03"))
    assert {hit["kind"] for hit in hits("--kind", "ordinance")} == {"ordinance"}
    assert all("審議会" in hit["body"] for hit in hits("--body", "公共交通審議会"))
    assert all("安西" in hit["speaker"] for hit in hits("--speaker", "安西"))
    assert hits("--from", "2099-01-01") == []


def test_a_search_looks_where_the_question_says_and_everywhere_when_told_to(sample_index):
    """The question's own body and month narrow the search; --no-narrow takes that back."""
    query = "令和6年10月の審議会で運賃の理由はどう説明された？"
    found = run_json(sample_index, "search", query)
    assert found["understood"]["labels"] == ["令和6年10月", "公共交通審議会"]
    assert found["understood"]["filters"]["from"] == "2024-10-01"
    assert {hit["date"] for hit in found["hits"]} == {"2024-10-29"}
    everywhere = run_json(sample_index, "search", query, "--no-narrow")
    assert everywhere["understood"] == {"labels": [], "filters": {}}
    assert len({hit["document"] for hit in everywhere["hits"]}) > 1


def test_search_for_people_prints_words_and_origin(sample_index):
    """Without --json the passage stands under title, date, page and speaker."""
    shown = run(sample_index, "search", QUESTION, "--limit", "5")
    assert ANSWER in shown
    assert "三枝課長" in shown
    assert "令和4年7月21日" in shown


def test_ask_answers_with_citations(sample_index):
    """Every sentence carries a number, every citation is used, every quote is in its passage."""
    reply = run_json(sample_index, "ask", QUESTION)
    assert_shape(reply, REPLY)
    assert reply["declined"] is None
    assert ANSWER in reply["answer"]
    for citation in reply["citations"]:
        assert_shape(citation, CITATION)
        assert citation["quote"] in citation["text"]
        assert f"[{citation['number']}]" in reply["answer"]
    assert all(line.endswith("]") for line in reply["answer"].splitlines())


def test_ask_for_people_shows_answer_and_origin(sample_index):
    """The quote with its number, then title, date, page and speaker."""
    shown = run(sample_index, "ask", QUESTION)
    assert "[1]" in shown
    assert ANSWER in shown
    assert "第５回 汐見原市公共交通審議会 議事録" in shown


def test_a_decline_is_an_answer(sample_index):
    """What the documents do not cover ends with 0 and says so, with what is nearest."""
    question = "スマートフォンの電池を長持ちさせるには？"
    reply = run_json(sample_index, "ask", question)
    assert reply["answer"] is None
    assert reply["declined"]["reason"] == "not_covered"
    assert reply["citations"] == []
    for hit in reply["declined"]["nearest"]:
        assert_shape(hit, HIT)
    assert reply["declined"]["message"] in run(sample_index, "ask", question)


def test_an_empty_index_declines(model_cache, tmp_path):
    """Nothing ingested yet: a decline with that reason and the command that mends it."""
    (tmp_path / "models").symlink_to(model_cache)
    reply = run_json(tmp_path, "ask", QUESTION)
    assert reply["declined"]["reason"] == "empty_index"
    assert "kiroku ingest" in reply["declined"]["message"]
    assert run_json(tmp_path, "search", QUESTION)["hits"] == []
    assert "kiroku ingest" in run(tmp_path, "search", QUESTION)


def test_a_search_says_that_the_filters_leave_nothing(sample_index):
    """Silence would look like a question that nothing fits."""
    assert "条件を確かめて" in run(sample_index, "search", QUESTION, "--body", "宇宙委員会")


def test_thanks_and_help_are_not_searched_for(sample_index):
    """Also where they are all that is asked; several questions are answered by number."""
    assert run(sample_index, "ask", "ありがとうございます").strip() == JA.thanks
    assert JA.help in run(sample_index, "ask", "使い方")
    both = run(sample_index, "ask", f"{QUESTION} しおまる号の運賃は？")
    assert both.startswith("1. ")
    assert "\n2. しおまる号の運賃は？" in both


def test_a_batch_is_answered_line_by_line(sample_index):
    """Results in the order of the lines with their ids; a broken line does not end it."""
    lines = "\n".join(
        [
            json.dumps({"id": "a", "question": QUESTION}),
            "broken",
            json.dumps({"id": 3, "question": "しおまる号", "kind": "ordinance"}),
            json.dumps({"id": 4, "question": "それはいつから？", "before": ["しおまる号の運賃は"]}),
        ]
    )
    for command in ("ask", "search"):
        printed = run(sample_index, command, "--batch", "-", given=lines).splitlines()
        results = [json.loads(line) for line in printed]
        assert [result["id"] for result in results] == ["a", None, 3, 4]
        assert "error" in results[1]
        assert "took_ms" in results[0]
        if command == "ask":
            assert [results[at]["taken_over"] for at in (0, 3)] == [None, "しおまる号 運賃"]
    assert {hit["kind"] for hit in results[2]["hits"]} == {"ordinance"}


def test_documents_lists_the_council(sample_index):
    """Each document once, with passages; tab-separated where it is no terminal."""
    listed = run_json(sample_index, "documents")["documents"]
    assert len(listed) == COUNCIL
    for document in listed:
        assert_shape(document, LISTED)
        assert document["passages"] > 0
    lines = run(sample_index, "documents").splitlines()
    assert len(lines) == 1 + COUNCIL
    assert {line.count("\t") for line in lines} == {7}


def test_show_tells_how_a_document_was_understood(sample_index):
    """A document is found by its path or by a part of it that only one has."""
    shown = run_json(sample_index, "show", MEETING)
    assert_shape(shown, SHOWN, more=True)
    assert shown == run_json(sample_index, "show", "R040721")
    assert (shown["kind"], shown["date"]) == ("minutes", "2022-07-21")
    assert {person["name"] for person in shown["attendees"]} >= {"森岡", "久世", "藤枝"}
    by_id = {passage["passage_id"]: passage for passage in shown["passages"]}
    answers = [passage for passage in shown["passages"] if passage["answers"]]
    assert answers
    assert all(by_id[answer["answers"]]["kind"] == "question" for answer in answers)
    outline = run(sample_index, "show", MEETING)
    assert "森岡会長 (chair)" in outline
    assert "浜手地区デマンド交通の実証運行について" in outline


def test_show_names_the_candidates_of_an_ambiguous_name(sample_index):
    """A part that several documents have ends with 1 and names some."""
    ended = CliRunner().invoke(kiroku, ["show", "審議会", "--data", str(sample_index)])
    assert ended.exit_code == 1
    assert "fits several documents" in ended.stderr


def test_status_tells_of_index_and_bot(sample_index):
    """Documents, passages, embedder, generation and last ingest; the bot does not run here."""
    state = run_json(sample_index, "status")
    assert state["documents"] == COUNCIL
    assert state["unreadable"] == 0
    assert state["passages"] > 500
    assert state["generation"] == 1
    assert state["embedder"].startswith("multilingual-e5-small")
    assert state["last_ingest"].endswith("+00:00")
    assert state["health"] == "not running"
    assert state["segments"] == 1
    assert state["ages"]["ingest_s"] >= 0
    assert (state["last_backup"], state["ages"]["backup_s"]) == (None, None)
    assert (state["queue"], state["tokens"], state["errors"]) == (None, None, None)
    told = run(sample_index, "status")
    assert "documents" in told
    assert "backup_s -" in told
    assert run_json(sample_index, "status", "--health", status=1) == {"healthy": False}


def test_check_says_ok_and_lists_all_settings(sample_index, monkeypatch):
    """Model, index and disk are ok; Slack's tokens are not set, which is no fault."""
    monkeypatch.delenv("SLACK_BOT_TOKEN", raising=False)
    monkeypatch.delenv("SLACK_APP_TOKEN", raising=False)
    checked = run_json(sample_index, "check")
    states = {check["name"]: check["state"] for check in checked["checks"]}
    assert {name for name, state in states.items() if state == "ok"} >= {"model", "index", "disk"}
    assert states["SLACK_BOT_TOKEN"] == "not set"
    assert checked["settings"][0]["origin"] == "--data"
    assert "KIROKU_DATA=" in run(sample_index, "check")


def test_check_ends_with_1_on_an_index_of_another_embedder(own_sample_index, small_model):
    """The mismatch is a fault with the command that mends it; asking ends with 1 too."""
    environment = {"KIROKU_EMBEDDING_MODEL": small_model}
    for words in (["check"], ["ask", QUESTION], ["ingest", str(samples.council())]):
        ended = CliRunner().invoke(
            kiroku, [*words, "--data", str(own_sample_index)], env=environment
        )
        assert ended.exit_code == 1
        assert "kiroku ingest --rebuild" in ended.output.replace("`", "")


def test_evaluate_measures_the_sample_questions(sample_index, tmp_path):
    """Its figures are shares; --details has a line for each question."""
    lines = samples.questions().read_text(encoding="utf-8").splitlines()
    answerable = [line for line in lines if json.loads(line)["answerable"]][:4]
    others = [line for line in lines if not json.loads(line)["answerable"]][:2]
    questions, details = tmp_path / "questions.jsonl", tmp_path / "details.jsonl"
    questions.write_text("\n".join([*answerable, *others]), encoding="utf-8")
    figures = run_json(sample_index, "evaluate", str(questions), "--details", str(details))
    assert {"questions", "search", "ask", "took_ms"} <= set(figures)
    assert figures["questions"] == 6
    assert list(figures["search"]) == ["recall@1", "recall@5", "recall@10", "mrr@10"]
    of_answers = ["answered", "cited_gold", "words_shown"]
    assert list(figures["ask"]) == [*of_answers, "declined_right", "declined_wrong"]
    shares = [*figures["search"].values(), *figures["ask"].values()]
    assert all(0 <= share <= 1 for share in shares)
    assert figures["search"]["recall@10"] > 0.5
    assert figures["ask"]["answered"] + figures["ask"]["declined_wrong"] == pytest.approx(1)
    assert set(figures["took_ms"]) == {"p50", "p95"}
    assert len(details.read_text(encoding="utf-8").splitlines()) == 6
    assert "recall@1" in run(sample_index, "evaluate", str(questions))


def test_remove_takes_documents_out(own_sample_index):
    """They are gone from list and search; others stay; a wrong name removes nothing."""
    assert (
        CliRunner()
        .invoke(kiroku, ["remove", MEETING, "no.pdf", "--data", str(own_sample_index)])
        .exit_code
        == 1
    )
    done = run_json(own_sample_index, "remove", MEETING)
    assert done == {"removed": [MEETING], "generation": 2}
    listed = [d["document"] for d in run_json(own_sample_index, "documents")["documents"]]
    assert len(listed) == COUNCIL - 1
    assert MEETING not in listed
    hits = run_json(own_sample_index, "search", QUESTION)["hits"]
    assert MEETING not in {hit["document"] for hit in hits}


def test_ingest_skips_what_is_unchanged_and_forgets_what_is_gone(own_sample_index, tmp_path):
    """A second run adds the new file alone; with --prune it forgets the one that is gone."""
    again = run_json(own_sample_index, "ingest", str(samples.council()))
    assert (again["added"], again["unchanged"], again["generation"]) == (0, COUNCIL, 1)
    folder = tmp_path / "files"
    folder.mkdir()
    for name, text in (
        ("a.txt", "市民プールは火曜日が休みです。"),
        ("b.txt", "公園は毎日開きます。"),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    first = run_json(own_sample_index, "ingest", str(folder))
    assert (first["added"], first["generation"]) == (2, 2)
    (folder / "a.txt").write_text("市民プールは水曜日が休みです。", encoding="utf-8")
    (folder / "b.txt").unlink()
    second = run_json(own_sample_index, "ingest", str(folder), "--prune")
    assert (second["added"], second["replaced"], second["removed"]) == (0, 1, 1)
    listed = {d["document"] for d in run_json(own_sample_index, "documents")["documents"]}
    assert len(listed) == COUNCIL + 1
    assert "a.txt" in listed


def test_files_that_cannot_be_read_are_named_and_kept_in_the_list(model_cache, tmp_path):
    """The rest goes in and it ends with 0; with --strict it ends with 1."""
    data, folder = tmp_path / "data", tmp_path / "files"
    data.mkdir()
    folder.mkdir()
    (data / "models").symlink_to(model_cache)
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    (folder / "good.txt").write_text("図書館は月曜日に休みます。", encoding="utf-8")
    words = ["ingest", str(folder), "--data", str(data)]
    ended = CliRunner().invoke(kiroku, words)
    assert ended.exit_code == 0, ended.output
    assert "broken.pdf" in ended.stderr
    assert "added 1" in ended.stdout
    listed = {d["document"]: d for d in run_json(data, "documents")["documents"]}
    assert listed["broken.pdf"]["passages"] == 0
    assert listed["broken.pdf"]["warnings"]
    assert listed["broken.pdf"]["warnings"][0] in run(data, "documents", "--warnings")
    strict = CliRunner().invoke(kiroku, [*words, "--strict"])
    assert strict.exit_code == 1
    assert "kiroku: 1 files could not be read" in strict.stderr


def test_a_path_that_does_not_exist_ends_with_1(tmp_path):
    """It is told before the model is loaded, and no index is made."""
    ended = CliRunner().invoke(kiroku, ["ingest", "no-such-folder", "--data", str(tmp_path / "d")])
    assert ended.exit_code == 1
    assert ended.stderr.startswith("kiroku: no-such-folder does not exist")
    assert not (tmp_path / "d").exists()


def test_an_empty_path_is_not_the_folder_that_one_is_in(tmp_path):
    """As a script with an unset variable would give it: nothing is read."""
    ended = CliRunner().invoke(kiroku, ["ingest", "", "--data", str(tmp_path / "d")])
    assert ended.exit_code == 2
    assert "a PATH is empty" in ended.stderr
    assert not (tmp_path / "d").exists()


def test_an_index_can_be_embedded_anew_without_its_files(own_sample_index):
    """--rebuild makes a new generation with everything in it."""
    done = run_json(own_sample_index, "ingest", "--rebuild")
    assert done["generation"] == 2
    assert run_json(own_sample_index, "status")["documents"] == COUNCIL
    hits = run_json(own_sample_index, "search", QUESTION)["hits"]
    assert ANSWER in {hit["text"] for hit in hits}


def test_collections_are_kept_apart(own_sample_index, tmp_path):
    """What is ingested into another collection is found there alone."""
    (tmp_path / "other.txt").write_text("となり町の温泉は木曜日が休みです。", encoding="utf-8")
    run(own_sample_index, "ingest", str(tmp_path / "other.txt"), "--collection", "next-town")
    other = run_json(own_sample_index, "documents", "--collection", "next-town")["documents"]
    assert [document["document"] for document in other] == ["other.txt"]
    assert len(run_json(own_sample_index, "documents")["documents"]) == COUNCIL


def test_serve_names_a_missing_token_at_once(sample_index, monkeypatch):
    """Before the model is loaded and without a connection."""
    monkeypatch.delenv("SLACK_BOT_TOKEN", raising=False)
    ended = CliRunner().invoke(kiroku, ["serve", "--data", str(sample_index)])
    assert ended.exit_code == 1
    assert "SLACK_BOT_TOKEN" in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_the_demo_answers_three_questions_and_declines_one(model_cache, tmp_path):
    """In the folder of --data, where the index stays to be asked further."""
    (tmp_path / "models").symlink_to(model_cache)
    replies = run_json(tmp_path, "demo")["replies"]
    assert [reply["declined"] is None for reply in replies] == [True, True, True, False]
    assert all(reply["citations"] for reply in replies[:3])
    assert len(run_json(tmp_path, "documents")["documents"]) == COUNCIL
    assert replies[0]["citations"][0]["quote"] in run(tmp_path, "demo")
