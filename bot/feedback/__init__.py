"""What people thought of answers, and what was declined. Knows nothing of Slack.

``given`` says what is kept, ``store`` keeps it in ``feedback.sqlite3``, ``gold`` makes questions
for ``kiroku evaluate`` of it. Imports ``index`` only.
"""
