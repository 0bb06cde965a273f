"""What the difference between eight facilitators and none hangs on."""
