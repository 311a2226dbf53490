"""How Slack's deliveries reach the bot: over a connection that it keeps, or over HTTP."""
