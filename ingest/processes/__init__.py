"""Environment, memory and time of the programs that work on documents."""
