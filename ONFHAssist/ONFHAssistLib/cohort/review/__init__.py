"""Quality control of a cohort: which hips are doubtful, who judged which outline how, and what was corrected."""
