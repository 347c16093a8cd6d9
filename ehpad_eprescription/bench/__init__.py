"""`make bench`: what the product costs, measured next to what cannot be avoided, in the same run.

Each measure is a module with `measure(options) -> figures`, listed in `__main__`. Figures go to the screen
and to `bench.json` under the measure's name; a later measure adds its own key.
"""
