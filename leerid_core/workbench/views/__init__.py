"""The screens: they assemble widgets, draw states and call services."""
