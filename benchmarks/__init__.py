"""Measurements, as ratios of what ran side by side in one run; never a test."""
