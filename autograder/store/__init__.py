"""Results that stay: every grading of every submission, found again by what it depends on."""
