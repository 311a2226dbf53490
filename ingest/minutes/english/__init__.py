"""Minutes in English: heads, attendance, roles, votes, time codes. Imports the sibling packages."""
