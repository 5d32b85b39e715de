"""What the staff do: forms that issue commands, one module a room."""
