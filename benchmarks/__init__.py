"""Measurements and fits, run by hand or by ``make bench``; none of it ships."""
