"""The console: where the staff answer, served by aiohttp in the bot's own process."""
