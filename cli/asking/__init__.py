"""What is said to ``kiroku ask``, read as in Slack: thanks, questions, calls for a history.

``prompt`` shows people what comes, ``script`` gives scripts one reply a question; what both know is
in ``talking``. May import ``bot`` and ``cli.output``, and no command.
"""
