"""Calibration: from published outcomes to what they leave open about the parameters."""
