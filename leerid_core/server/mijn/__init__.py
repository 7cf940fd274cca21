"""Mijn LeerID, the pages of pupils: no kernel, and no script that is needed."""
