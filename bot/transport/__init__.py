"""The transport: everything that calls the Bot API or receives its updates."""
