"""The Schoolloket in the browser: Voila's application with sign-in, and a wall around kernels."""
