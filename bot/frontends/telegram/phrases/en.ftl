### What only the Telegram front end says, in English.

somebody-else = That one belongs to somebody else. Write to me in a chat of your own to make a video.
not-ours = I don't know that button. Please use the newest message.
made-smaller = This copy is smaller so that it fits in here: { $size } MB instead of { $full } MB.
full-quality = ⤓ Full quality (for { $days } days)
left-out = { $name } is too large to be shown here ({ $full } MB).
only-replies = (In a group, please reply to this message, so that I see it.)
