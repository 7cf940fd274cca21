"""Workshop: an uploaded file becomes enrolment rows with findings."""
