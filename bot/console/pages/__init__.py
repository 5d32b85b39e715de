"""Handlers of the console's pages, which read data: one module per area."""
