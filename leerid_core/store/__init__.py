"""Workshop: the database. Only here is SQLAlchemy known."""
