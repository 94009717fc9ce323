"""What a person looks at to mark: submissions laid out, and nbgrader's formgrader around them."""
