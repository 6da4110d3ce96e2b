"""What is put on paper: questionnaires to fill in with a pen, posters, and squares for a phone's camera.

How each looks is in the ``.typ`` files here, what it says in ``wording/`` and the questionnaires.
"""
