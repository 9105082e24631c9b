"""One study worked up, in a child process: the series chosen, the pipeline, the objects."""
