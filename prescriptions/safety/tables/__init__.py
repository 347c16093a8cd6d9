"""Tables of the clinical checks, each with its source and its day. What is our reading says so."""
