"""Which mistake is it? Behaviour is compared with recorded misconceptions; verdicts are made before and stay."""
