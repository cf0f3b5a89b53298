"""How the shipped reader is made: from marked statements to weights, by one command.

``make train`` goes on from the weights that ship, ``make train-anew`` begins with the bare encoder.
"""
