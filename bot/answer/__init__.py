"""From hits to an answer or a decline: whether they answer, what to quote, how much to show.

Start at :func:`bot.answer.judgement.judge`, which decides. ``extraction`` chooses the words,
``decline_reason`` says why there is no answer, ``answer`` holds the data that is shown. May import
``bot.lookup`` and ``bot.question``.
"""
