"""Files and pictures in standard formats: calendar files and QR codes."""
