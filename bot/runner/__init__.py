"""Inbox rows become turns, and a turn becomes one commit."""
