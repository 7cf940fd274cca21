"""PDF: pages that break well and that a screen reader can follow."""
