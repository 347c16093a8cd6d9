"""Speech therapy (rule B81)."""
