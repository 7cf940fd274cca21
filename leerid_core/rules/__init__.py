"""The rules of LeerID accounts: pure functions and frozen values, to be read beside the manual."""
