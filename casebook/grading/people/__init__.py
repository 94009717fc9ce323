"""Who somebody is: names in a download, and the roster of a course."""
