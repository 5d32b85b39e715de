"""Files and pictures in standard formats: tables, calendar files and QR codes."""
