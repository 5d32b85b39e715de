"""The doors: Telegram's words into ours."""
