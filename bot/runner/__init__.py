"""Turns: process inbox rows and write the replies as outbox rows in one transaction."""
