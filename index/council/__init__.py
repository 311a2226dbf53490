"""What councils call things: article addresses, numbered items, sessions, parties, speakers' posts.

Each module reads one kind of name, in whatever way it is spelt. May import ``index.language`` and
the words that all packages use.
"""
