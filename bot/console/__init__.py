"""The console: the staff's web pages, served by aiohttp in the bot's process."""
