"""Workshop: usage figures to charts, PDF, Excel and CSV; lists for follow-up. Bytes out."""
