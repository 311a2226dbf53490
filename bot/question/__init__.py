"""What a question asks for: intent, names, scope, times, and the filters that follow from them.

Start at :func:`bot.question.question.understand` and
:func:`bot.question.filters.restrictions`. Everything here is pure. May import ``index``.
"""
