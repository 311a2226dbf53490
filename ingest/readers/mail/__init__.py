"""E-mails saved as files (.eml): the message itself; attachments are documents of their own.

Start at :class:`ingest.readers.mail.reader.MailReader`.
"""
