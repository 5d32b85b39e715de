"""Services for cases, by caller: citizens, staff, the clock."""
