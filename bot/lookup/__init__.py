"""From a question to hits: searched for, or looked up where the index holds a definite record.

Start at :meth:`bot.lookup.finder.Finder.find`: it interprets the question, applies filters,
searches, and relaxes filters. Articles, decisions and post holders are looked up. May import
``bot.question``.
"""
