"""Excel: sheets with real tables, filters and native charts."""
