"""Catalogues: English stands in the code, every other language here."""
