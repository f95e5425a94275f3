"""Publishing in the workspace: versions of what a round tells, their documents, and diagnoses for those concerned."""
