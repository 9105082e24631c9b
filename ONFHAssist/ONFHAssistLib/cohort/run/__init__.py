"""``onfh cohort run``: every step of every case, each step done again only where what it rests on has changed."""
