"""What is asked and answered in private: ``/kiroku``, the shortcut at messages, the Home tab.

Start at :class:`bot.slack.commands.private_answers.PrivateAnswers`.
"""
