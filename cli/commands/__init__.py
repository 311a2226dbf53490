"""One module per command: ``kiroku NAME`` runs ``command`` in the module of that name."""
