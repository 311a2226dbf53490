"""Minutes in English: heads, attendance, roles, votes, time codes. May import its neighbours."""
