"""The whole examination: its series, whose they are, what each is good for, how the patient moved between them."""
