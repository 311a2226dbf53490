"""What Kiroku is installed with."""
