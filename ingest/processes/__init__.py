"""What the programs that work on documents are given and held to: environment, memory, time."""
