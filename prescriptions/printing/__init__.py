"""The ordonnance on paper: what it says (sheet), its fixed words (mentions), its codes, and its
typesetting to PDF.
"""
