"""One use case a function, one transaction each; the rights of who asks are checked here."""
