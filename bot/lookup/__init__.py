"""From a question to hits: searched for, or looked up where a list tells for certain.

Start at :meth:`bot.lookup.finder.Finder.find`: it understands, narrows, searches, loosens.
Articles, decisions and post holders are looked up. May import ``bot.question``.
"""
