"""How the bundled model is made: warm start, restoration, rewriting, export; and fine-tuning on a user's own pairs."""
