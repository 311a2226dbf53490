"""What a history is handed out as: a table for a spreadsheet, a picture of its years.

Used by the command and by Slack; knows neither.
"""
