"""The public drug base (BDPM): reading its files, and replacing the loaded base by them."""
