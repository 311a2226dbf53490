"""Scripts that fit the numbers of ranking and deciding; run by hand, one after the other."""
