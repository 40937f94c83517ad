"""The web demo: texts in four languages, what a page shows, what its events do, and its look."""
