"""Where officers key in paper forms and calls: plain HTML, made for the keyboard, with no script needed."""
