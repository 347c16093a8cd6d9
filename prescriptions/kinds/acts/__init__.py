"""What the acts of the five allied professions share: one dataclass, one reading, one entry made from a catalogue."""
