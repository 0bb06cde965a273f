"""The calibration of the project on its territory: which parameters, what came out, how it is seen again."""
