"""Handlers of the console's forms, which issue commands: one module per area."""
