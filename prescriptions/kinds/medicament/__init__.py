"""The medicine line: its posology, its sentence, the reading of what was typed."""
