"""A made-up city council: the documents and questions that ``kiroku demo`` runs on."""
