"""What the buttons under a history do: page through its meetings, send it as a file."""
