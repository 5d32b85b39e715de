"""Pure conversation logic: (flow, conversation, event) -> Turn. No I/O, no clock, no Telegram."""
