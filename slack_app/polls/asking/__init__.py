"""A poll is asked: by command, form, shortcut or the name of the app."""
