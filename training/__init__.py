"""How the shipped reader is made: from marked statements to weights, by one command (``make train``)."""
