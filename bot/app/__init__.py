"""The composition root: it alone builds the bot from its parts, and implements the commands."""
