"""What an LMS writes: tables of text, its list of the class, its dates."""
