"""The product judged on real hips: a table of known heads, the one pipeline, every figure, the worst in pictures."""
