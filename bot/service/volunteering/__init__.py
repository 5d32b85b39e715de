"""Services for volunteering: opportunities, shifts, sign-ups, waiting lists, attendance, gates."""
