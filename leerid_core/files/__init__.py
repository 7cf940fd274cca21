"""What every file that is made shares: the typefaces, texts that fit, a zip with a date."""
