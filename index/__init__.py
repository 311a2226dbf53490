"""What a passage is, and how passages are stored and found."""
