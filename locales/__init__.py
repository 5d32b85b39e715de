"""Catalogues of every language but English, which is written in the code."""
