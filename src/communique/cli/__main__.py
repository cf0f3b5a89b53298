"""``python -m communique.cli``: the command line without the installed script."""

from communique.cli import main

main()
