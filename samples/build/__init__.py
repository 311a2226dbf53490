"""Writes the sample council's files from their sources; run by hand, never at install."""
