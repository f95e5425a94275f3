"""What goes out of the office, apart from any request: mails of people and messages of the office's messenger."""
