"""Files for people: tables for spreadsheets."""
