"""The map of the world as drawn paths: made once by ``build.py`` from Natural Earth, shipped as ``world.json``."""
