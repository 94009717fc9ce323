"""What goes to the LMS and to the instructor: grades, a table of all, a report of the class."""
