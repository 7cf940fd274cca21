"""The dashboards that Voila serves: widgets, what they show, and what they call."""
