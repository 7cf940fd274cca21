"""What is true on a page, as traitlets; views draw it and call services."""
