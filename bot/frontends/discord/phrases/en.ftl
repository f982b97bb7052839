### What only the Discord front end says, in English.

write = Write
write-title = Your answer
write-photos = Photos
choose = Choose…
choose-several = Choose as many as you like…
choose-hear = ▶ Hear a voice
somebody-else = That one belongs to somebody else. Begin your own with /video.
not-ours = I don't know that button. Please use the newest message.
go-on-here = Let's go on here: { $place }
missing-permissions = I can't work here yet. Whoever looks after this server has to allow me: { $names }.
direct-messages-closed = I couldn't write to you. Please allow direct messages from apps in your privacy settings, then try again.
no-photos-there = There is no photo in that message.
made-smaller = This copy is smaller so that it fits in here: { $size } MB instead of { $full } MB.
full-quality = Full quality (the link works for { $days } days)
left-out = { $name } is too large to be shown here ({ $full } MB).
thread-of = Video for { $name }
command-video = Make a video from product photos
command-from-message = Make a video of this
option-code = The code of an invitation
option-photo = A photo of the product
option-text = Name, price and what makes it good, in your own words
option-tone = What it should feel like
option-voice = Who should speak
option-platforms = Where you will post it, such as TikTok, Reels
