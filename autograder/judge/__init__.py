"""From a trace to a verdict, and to its words; the student's code can never come here."""
