"""From hits to an answer or a decline: whether they answer, which words do, how many are shown.

``answerability`` decides, ``extraction`` chooses the words, ``decline_reason`` says why there is no
answer; ``answer`` holds the data that is shown. May import ``bot.lookup`` and ``bot.question``.
"""
