"""Workshop: credentials become cards, sheets and archives (values in, bytes out)."""
