"""Reports: from what the record holds to frozen values that a reader could sign.  Rendering is elsewhere."""
