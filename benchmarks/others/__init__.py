"""What a user would pick instead: one module a library, run by a Python that has it installed.

Each is set up as its documentation does for hybrid search inside one process. None of them is
imported by Kiroku, or imports it.
"""
