"""What must hold in the database, a file a kind; `bot.store.audit` asks them all."""
