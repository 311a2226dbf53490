"""The fixed texts in English."""

from bot.feedback.given import Complaint
from bot.texts.catalogue import Wording
from index.passage import DocumentKind

EN = Wording(
    working="is looking through the records…",
    narrowed="Narrowed to: {what}.",
    widened="Searched everything, without narrowing.",
    widened_rest="All other narrowing is undone.",
    omitted="[…] ",
    quotes="“”",
    loosened="Nothing is in the index for {what}, so everything was searched.",
    more="Read on",
    widen="Search everything",
    narrow_again="Narrow again",
    whole_title="The passages in full",
    close="Close",
    opening="Opening the documents…",
    full_option="--full shows {count} more.",
    not_yours=("Only the person who asked can use this button. To know the same, ask it yourself."),
    gone=(
        "The question or the answer is gone, or this channel can no longer be read. "
        "Please ask again."
    ),
    unread="Slack does not let me read this conversation just now. Please press again in a moment.",
    changed=(
        "The documents have changed since, and what was quoted is no longer there. "
        "Please ask again."
    ),
    as_cited=(
        "These are the passages that were quoted then. "
        "Asked again now, the answer would be another."
    ),
    asked="Asked at the meeting: {question}",
    sources="Sources",
    goes_on="The speech goes on",
    page="p. {page}",
    pages="pp. {page}–{last_page}",
    row="row {row}",
    rows="rows {row}–{last_row}",
    slide="slide {slide}",
    by_machine="{place} (read by machine)",
    not_found="The documents do not cover this.",
    nearest="Nearest passages:",
    left_out="{count} more left out for length. A narrower question brings them up.",
    fault=(
        "Sorry, I could not look that up. Please ask again in a while. "
        "If it goes on, tell your administrator the number {reference}."
    ),
    home_title="Kiroku",
    home_lines=(
        (
            "Answers questions about the minutes, ordinances and reports with quotations and "
            "their sources: document, date, page, speaker."
        ),
        (
            "To ask: mention me in a channel, or write in the Messages tab. Further questions in "
            "the same thread need no mention until somebody else joins in."
        ),
        "Answers are quotations; nothing is made up. What is not covered is declined.",
        (
            "Neither questions nor documents leave this server (apart from the exchange with "
            "Slack). A question's text is deleted once it is answered, unless somebody judged the "
            "answer, or there was none: that is kept without who asked."
        ),
    ),
    home_index="What can be searched now",
    home_counts="{kind}: {count}",
    home_newest="Newest document: {date}",
    home_empty="There are no documents yet. I can answer once an administrator has added some.",
    kinds={
        DocumentKind.MINUTES: "Minutes",
        DocumentKind.ORDINANCE: "Ordinances and rules",
        DocumentKind.REPORT: "Reports and others",
    },
    prompt_ordinance="What does article 1 of {title} say?",
    list_separator=", ",
    history_head="“{topic}” came up at {count} meeting(s) so far, {order}.",
    history_oldest_first="oldest first",
    history_newest_first="newest first",
    history_documents="Beside the minutes, {count} ordinance(s) or report(s) speak of it.",
    history_only_documents=(
        "No minutes speak of “{topic}”; {count} ordinance(s) or report(s) do, {order}."
    ),
    history_none="No meeting or document in the index speaks of “{topic}”.",
    history_undated="no date",
    history_decided="Decided",
    history_promised="To be done",
    history_promises="says what will be done",
    history_more="{count} older or other ones are left out; a higher --limit shows them.",
    history_others="“See earlier meetings” shows {count} more.",
    history_earlier="See earlier meetings",
    history_later="Back to newer meetings",
    history_whole="See more of it",
    history_title="Discussed before",
    history_page="{first}–{last} of {count}, newest first",
    history_table="Get it as CSV",
    history_timeline="See a timeline",
    history_table_sent="I sent you the CSV file as a direct message.",
    history_timeline_sent="I sent you the timeline as a direct message.",
    history_file_title="“{topic}”: discussed before",
    history_not_drawn=(
        "The timeline could not be drawn. If it goes on, please tell your administrator."
    ),
    history_columns=(
        *("Date", "Body", "Title", "Document", "Page", "Speaker", "Asked by"),
        *("Words (as printed)", "Decision", "Link", "To be done"),
    ),
    timeline_kinds=("decided", "to be done", "discussed"),
    timeline_rest="others",
    timeline_left_out="{count} more are not in the picture.",
    timeline_described="Timeline of “{topic}”: {count} in all, from {first} to {last}. {what}",
    file_refused="The file could not be sent. Press again in a while.",
    file_scope=(
        "The file could not be sent: the app lacks files:write. Please tell your administrator."
    ),
    withheld="The records say that this is not decided, not known or not disclosed.",
    nearest_title="Nearest passages in full",
    near="See the nearest passages",
    taken_over="Taken as going on from “{what}”.",
    read_as="Read as “{what}”.",
    taken_alone="Taken by itself, apart from the earlier questions.",
    alone="Take it by itself",
    carry_on="Go on from the earlier question",
    searched="Searched: {what}",
    and_others=" and others",
    documents="{count} document(s)",
    rephrase=(
        "Try again with words that the records may use: the name of a project, a place, an "
        "ordinance."
    ),
    rephrase_absent="The records never say {what}. Try again in other words.",
    try_wider="“Search everything” looks beyond that.",
    try_alone="If this is another subject, press “Take it by itself”.",
    to_whom="This answers {who}.",
    cut_question=(
        "The question is long: only {length} characters of its beginning and end were used."
    ),
    found_in="Of the long message, this question was looked up: “{question}”",
    questions_left=(
        "Up to {most} questions are answered at once. Please ask the other {count} again."
    ),
    help=(
        "Just write your question. I answer from the minutes, ordinances and reports, with "
        "quotations and their sources."
    ),
    help_thread=(
        "After an answer, go on with “When is that?”, “Tell me more”, “What about other years?”"
    ),
    help_examples="For example:",
    thanks="You are welcome. What else do you want to know?",
    greeting="Hello. Just write what you want to know; “help” says more.",
    noted="Fine. What else do you want to know?",
    no_summary=(
        "I do not summarize: I quote the records word for word. “Tell me more” shows how a "
        "quotation goes on."
    ),
    nothing_before=(
        "I cannot tell what to go on from. Please write what you want to know as a question."
    ),
    index_head="{count} document(s) can be searched now.",
    index_bodies="Bodies: {what}",
    index_years="Years: {what}",
    index_ingested="Last ingest: {date}",
    years="{first}–{last}",
    prompt_history="How was {topic} discussed before?",
    prompt_index="What documents do you have?",
    count_of="{name} ({count})",
    no_more="That is all of the passages quoted. What else do you want to know?",
    refused="There is nothing that I may show you. If you need it, ask your administrator.",
    refused_here="There is nothing that I may show in this channel. Ask me in a direct message.",
    unchecked="What you may see cannot be checked at the moment. Please ask again in a while.",
    not_posted=(
        "I cannot post where you asked me: the channel is archived, or closed to me."
        " Ask me here instead."
    ),
    feedback_good="Helpful",
    feedback_bad="Not helpful",
    feedback_thanks="Thank you. Question and answer are kept, to get better.",
    feedback_title="Your opinion",
    feedback_intro=(
        "Noted as not helpful. If you like, say why. Question, answer and reason are kept on this "
        "server, to get better."
    ),
    feedback_why="What was wrong?",
    complaints=(
        (Complaint.WRONG, "The answer is wrong"),
        (Complaint.WRONG_PLACE, "The wrong place is quoted; another one answers"),
        (Complaint.SHOULD_DECLINE, "The documents do not cover it: it should have said so"),
        (Complaint.TOO_LONG, "Too long"),
    ),
    feedback_comment="In your words",
    feedback_send="Send",
    not_now="That could not be taken at the moment. Please press again in a while.",
    staff_ask="Ask the staff in charge",
    staff_sent="Sent to the staff in charge ({channel}).",
    staff_already="This question was sent to the staff in charge ({channel}) before.",
    staff_refused=(
        "It could not be sent to the staff's channel. Please ask your administrator to invite "
        "Kiroku there."
    ),
    staff_head="{who} asks what the documents did not answer.",
    staff_link="Open the message that asks",
)
