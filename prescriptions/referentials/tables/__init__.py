"""Facts in tables, each with its source and date: no rule of this app hides in an `if`."""
