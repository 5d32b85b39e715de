"""The database layer: the only package that contains SQL."""
