"""Our own widgets: plain ES modules in `static/`, values in and messages out."""
