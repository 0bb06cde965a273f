"""How much more is learned of a project that is counted every six months than of one that is counted once."""
