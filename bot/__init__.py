"""From a question to a cited answer, in Slack."""
