"""Invariants of the database, one file for each kind; `bot.store.audit` runs them all."""
