"""One module a command; ``kiroku NAME`` is the function of that name in the module of that name."""
