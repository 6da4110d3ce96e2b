"""The parents' door as light as a letter: the same questions, drafts and rules as plain HTML, with no script needed."""
