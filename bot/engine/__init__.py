"""Pure conversation: (flow, conversation, event) -> Turn. No I/O, no clock, no Telegram."""
