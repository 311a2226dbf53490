"""The picture in the README, drawn from real answers: ``python -m docs.picture``."""
