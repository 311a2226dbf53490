"""Tests of what is new in the index."""
