"""The ANSM's thesaurus of interactions: reading its text, and putting it in service."""
