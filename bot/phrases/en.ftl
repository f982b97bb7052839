### What FRAME says in English. Short, warm, plain. Words a seller typed appear exactly as they are.

gap = {""}
verbatim = { $text }

## Welcome and help

welcome = Hello! I turn product photos into short promo videos.
welcome-more = Send me 1 to 10 photos of one product. I'll ask a few quick questions, show you two ideas, and make the one you like.
help = Send photos of one product, answer what you like, skip the rest. You can type instead of pressing buttons, and change anything before I start. Under a finished video you can swap a shot, the words, the voice or the music.
help-commands = /new – a new video
    /films – what I made for you, ready to send again
    /settings – language and your brand
    /cancel – stop what is going on
    /delete_me – delete everything I know about you
    /help – this list
unknown-command = I don't know that command. /help shows what I can do.
photo-please = I can only work with photos and words. Send me a product photo, please.
voice-unheard = I can't listen to voice messages yet. Please type it, in any words you like.
only-photos = I can only work with photos and words, so I leave that aside.
edit-unread = I read messages as they come, not what is changed in them later. Please write it again.
upload-instead = I don't open links. Please upload the photo itself.
hint-first = Send me 1 to 10 photos of one product and we'll begin. /help shows what I can do.
hint-rest = Send me photos of a product and we'll begin. /films shows what I made before.
hint-making = I'm still at work; I'll show it here as soon as it's ready. Send new photos any time to begin another video.
hint-film = To change your video, press the buttons under it. New photos begin another one; /films shows them all.
hint-ideas = Press the letter of the idea that I shall make, or 🔄 for others. New photos begin another video.
youre-welcome = You're welcome.
cost-answer = Before anything is made you see how long it takes and, where it is known, what it costs. Nothing starts until you say so.
question-answer = I can't answer that one. /help shows what I can do.
noted = Noted. { $what }
no-words-in-that = I couldn't find any words in that. Could you type it again?
stale = That button is from earlier. Please use the newest message.
stale-film = There is a newer version of this video further down. /films has all of them.
stale-forgotten = { $days ->
    [0] That button is from a conversation I no longer have. Send photos and we'll begin anew.
    [one] That button is from a conversation I no longer keep: what isn't used for { $days } day is removed. Send the photos again and we'll begin anew.
   *[other] That button is from a conversation I no longer keep: what isn't used for { $days } days is removed. Send the photos again and we'll begin anew.
}
film-out-of-reach = { $days ->
    [0] These buttons are too old to work. /films shows the video again, with new ones.
    [one] These buttons are too old. Try /films; if the video isn't there, it was removed after { $days } day without use: just send the photos again.
   *[other] These buttons are too old. Try /films; if the video isn't there, it was removed after { $days } days without use: just send the photos again.
}
already-over = That's already finished.
went-wrong = Something went wrong on my side. Please try that once more. (Reference { $reference })
out-of-space = I've run out of space and couldn't save that. The operator has to make room. (Reference { $reference })
file-gone = (The file is no longer there.)

## Photos

photos-count = { $n ->
    [0] No photo yet.
    [one] { $n } photo.
   *[other] { $n } photos.
}
photos-wanted = Send me 1 to 10 photos of your product.
photos-more = Send more, write what it is, or go on.
photos-typing = what it is, in your own words
photos-done = That's all, go on
photos-enough = I'm using the first { $n } photos.
photo-known = I already have that one.
photo-first = I need at least one photo first.
photo-blurred = { $n ->
    [one] Photo { $which } is a little blurred. A sharper one would look better.
   *[other] Photos { $which } are a little blurred. Sharper ones would look better.
}
photo-dark = { $n ->
    [one] Photo { $which } is rather dark. More light would help.
   *[other] Photos { $which } are rather dark. More light would help.
}
photo-low-resolution = { $n ->
    [one] Photo { $which } is small. I'll show it on a designed background so it stays crisp.
   *[other] Photos { $which } are small. I'll show them on a designed background so they stay crisp.
}
photo-first-frame = { $n ->
    [one] Photo { $which } is animated; I'm using its first frame.
   *[other] Photos { $which } are animated; I'm using their first frames.
}
photo-blank = { $n ->
    [one] I can't see a product in that photo. Use it anyway?
   *[other] I can't see a product in { $n } of these photos. Use them anyway?
}
use-anyway = Use it
leave-out = Leave it out
leave-out-photo = ✕ Photo { $n }
bad-photo-empty = { $n ->
    [one] One file is empty. Please send it again.
   *[other] { $n } files are empty. Please send them again.
}
bad-photo-damaged = { $n ->
    [one] One photo arrived damaged. Please send it again.
   *[other] { $n } photos arrived damaged. Please send them again.
}
bad-photo-not-a-photo = { $n ->
    [one] One file isn't a photo I can read. JPEG, PNG, WebP, HEIC and AVIF work.
   *[other] { $n } files aren't photos I can read. JPEG, PNG, WebP, HEIC and AVIF work.
}
bad-photo-too-large = { $n ->
    [one] One photo is too large: up to 20 MB and 40 megapixels, please.
   *[other] { $n } photos are too large: up to 20 MB and 40 megapixels, please.
}
bad-photo-too-small = { $n ->
    [one] One photo is too small. It should be at least 400 pixels wide.
   *[other] { $n } photos are too small. They should be at least 400 pixels wide.
}
bad-photo-too-narrow = { $n ->
    [one] One picture is too narrow for a video.
   *[other] { $n } pictures are too narrow for a video.
}
noted-now-photos = Noted. Now send me the photos.
same-style = ✨ Same style as last time

## The order

back = ◀ Back
skip = Skip
to-review = Summary ⏩
close = Close
cancel = Cancel
now = Now: { $text }
ask-product = What is it?
ask-product-more = Name, price and what makes it good, in your own words.
ask-product-typing = Nordtisch mug, matte black, 39.90 €, dishwasher-safe
text-shortened = That's a lot of text. I kept the first { $n } characters.
ask-check = This is what I understood:
ask-check-typing = or tell me again in your own words
points-added = Added to the selling points. If it's the name or the price, press that.
check-wrong = What is wrong? Press Name, Price or Selling points, or tell me again in your own words.
that-is-right = That's right
fix-name = Name
fix-price = Price
fix-points = Selling points
fix-photos = Photos
fix-language = Language
fix-tone = Tone
fix-voice = Voice
fix-platforms = Platforms
fix-length = Length
ask-name = What is it called?
ask-name-typing = the product's name
ask-price = What does it cost?
ask-price-typing = such as 39.90 €
no-price = No price
price-unclear = I couldn't read a price there. Something like “39.90 €” works.
currency-unknown = I take the price as { $price }, without a currency. If it has one, type it with the price: ${ $price } or £{ $price }.
ask-points = What should people know about it?
ask-points-typing = matte black, dishwasher-safe, made in Porto
ask-language = Which language should the video speak?
ask-language-more = This is the language of voice and captions. You can type any other.
ask-language-typing = a language
language-name = { $language }
language-unclear = I don't know that language. Try its name, or a code like “fr”.
ask-tone = What should it feel like?
ask-tone-typing = or any word, such as “cosy”
tone-playful = Playful
tone-luxury = Luxury
tone-bold = Bold
tone-calm = Calm
tone-warm = Warm
tone-street = Street
tone-playful-more = Playful – bouncy, colourful, cheerful
tone-luxury-more = Luxury – slow, dark, elegant
tone-bold-more = Bold – loud type, quick cuts
tone-calm-more = Calm – quiet, lots of air
tone-warm-more = Warm – soft light, like home
tone-street-more = Street – raw, urban, fast
tone-nearest = “{ $word }” – I'll take { $tone } for that.
tone-unknown = I'm not sure how “{ $word }” looks, so I'll begin with { $tone }.
ask-voice = Who should speak?
ask-voice-hear = ▶ lets you hear a voice say your own first line.
ask-voice-typing = a name, or “none”
no-voice-for = I have no natural voice for { $language } yet, so captions and music carry this video.
voice-auto = Choose for me
voice-mine = I'll choose one
voice-none = No voice, captions only
voice-robot = Robotic voice
voice-named = { $name } ({ $character })
voice-warm = warm
voice-bright = bright
voice-calm = calm
voice-deep = deep
voice-lively = lively
voice-clear = clear
voice-robotic = robotic
voice-unclear = I don't have that voice. Pick one of these, or type “none”.
hear = ▶
hear-soon = One moment, I'm recording it.
hear-needs-words = Tell me first what the product is, so there's something to say.
sample-title = Your first line
sample-by = Your first line, by { $voice }
no-sample = That voice has nothing to say yet. Add a name or a few words about the product.
ask-platforms = Where will you post it?
ask-platforms-more = Pick as many as you like; each gets its own format.
ask-platforms-skipped = If you skip this, it's made for TikTok.
ask-platforms-typing = such as “TikTok and YouTube”
platforms-done = Done
platforms-unclear = I didn't recognise a platform. TikTok, Reels, Shorts, Stories, Instagram feed, square or YouTube?
platform-first = Pick at least one platform.
platform-tiktok = TikTok
platform-instagram_reels = Reels
platform-youtube_shorts = Shorts
platform-stories = Stories
platform-instagram_feed = Instagram feed
platform-square_feed = Square feed
platform-youtube = YouTube
platform-button = { $platform } { $aspect }
ask-length = How long?
ask-length-typing = 6, 15 or 30
seconds = { $n } s
length-unclear = 6, 15 or 30 seconds?
length-nearest = I'll make it { $n } seconds, the nearest I offer.

## Summary

review = Here's the plan. Anything to change?
review-typing = “ok” to begin
review-hint = Press a button to change something, or type “ok” and I'll begin.
review-photos = Photos: { $n }
review-name = Name: { $text }
review-no-name = Name: –
review-price = Price: { $text }
review-no-price = Price: –
review-points = { $n ->
    [one] Selling point: { $text }
   *[other] Selling points: { $text }
}
review-no-points = Selling points: –
review-language = Language: { $language }
review-tone = Tone: { $tone }
review-voice = Voice: { $voice }
review-platforms = For: { $platforms }
review-length = Length: { $n } seconds
review-brand = Brand: { $handle }
review-time = Two previews will take { $time }.
review-free = Costs nothing: everything is made here.
review-cost = Costs about { $amount } US dollars.
make = 🎬 Make my video
about-seconds = about { $n } seconds
about-minutes = { $n ->
    [one] about a minute
   *[other] about { $n } minutes
}
about-hours = { $n ->
    [one] about an hour
   *[other] about { $n } hours
}

## At work

making-previews = Making ideas to choose from
making-previews-of = Making ideas for { $name }
making-film = Making your video
making-film-of = Making your video: { $name }
posting-to = Posting to { $place }
queued = You're number { $n } in the queue.
starting = You're next.
stage-enhance = Preparing the photo
stage-enhance-of = Preparing photo { $done } of { $total }
stage-write = Writing the storyboard
stage-speak = Recording the voice
stage-shoot = Composing the shots
stage-shoot-of = Composing shot { $done } of { $total }
stage-score = Choosing the music
stage-cut = Cutting and captioning
stage-cut-of = Cutting, part { $done } of { $total }
stage-publish = Uploading
stage-publish-waiting = Uploaded. Waiting for the platform to take it in
idea-stage = Idea { $letter }: { $stage }
time-left = { $time } left
board = The storyboard
board-idea = The storyboard of idea { $letter }
stopping = Stopping…
cancelled = Stopped.
failed = I couldn't finish this one.
failed-disk-full = There's no space left here. The operator has to make room.
failed-refused = The engine refused this order, and so did its stand-in.
failed-engine = An engine didn't answer, and its stand-in couldn't help either. Please try again later.
failed-photo = One of the photos couldn't be used after all. Try again without it.
failed-media = The video couldn't be put together. Please try again.
failed-storage = A file that I need is missing. Please send the photos again.
failed-too-long = It took too long, so I stopped it. A shorter video or fewer platforms may help.
failed-crashed = It failed several times in the same place, so I stopped trying.
failed-bug = Something unexpected happened on my side.
ref = Reference: { $id }
daily-limit = That's all the videos for today.
limit-resets = You can order again in { $time }.
order-dropped = All right, I've dropped this order. Send photos whenever you like.
nothing-to-cancel = There's nothing going on that I could stop.
aside-closed = All right, we'll leave that.
busy = I'm busy with several of your wishes. Let me finish those first.
on-it = On it.
already-on-it = I'm already on that.

## Ideas and results

previews-ready = { $n ->
    [one] An idea for you:
   *[other] { $n } ideas for you:
}
preview = { $letter } – { $kind }
preview-hook = “{ $text }”
idea-question = opens with a question
idea-contrast = opens with a contrast
idea-number = opens with a number
idea-sensory = opens with a feeling
idea-occasion = opens with a moment
idea-reveal = opens with a reveal
choose-idea = Which one shall I make?
pick = { $letter }
more-ideas = 🔄 Two other ideas
film-ready = { $n ->
    [one] Your video is ready:
   *[other] Your video is ready, in { $n } formats:
}
film-format = { $platforms } · { $aspect } · { $seconds } s
post-pack = To post with it:
post-pack-files = Subtitles and the cover picture are attached.
copy-title = Copy title
copy-caption = Copy caption
note-no-voice-for-language = There's no natural voice for this language yet, so captions tell the story.
note-robotic-voice = The robotic voice is the only one I have for this language.
note-voice-unavailable = The voice wasn't available, so captions tell the story.
note-built-in-engine = An outside service wasn't available, so I used the built-in engine.
note-product-changed-shoot = In a clip from outside, the product looked different from your photo, so the built-in camera filmed that shot.
note-product-changed-enhance = In a retouched picture, the product looked different from your photo, so I kept to the photo.
note-check-failed = One of my quality checks wasn't quite met. Please have a look before you post it.
note-music = Music: “{ $title }” ({ $licence }).
film-menu = Happy with it? You can change it as often as you like.
film-menu-more = Only what you change is made again.
change-shot = 🔄 A shot
change-words = ✏️ Words
change-voice = 🎙 Voice
change-music = 🎵 Other music
other-idea = 💡 Other idea
add-platform = ➕ Platform
undo = ↩ Undo
which-shot = Which shot shall I take again?
takes-coming = Composing other takes of shot { $n } …
takes-of = Shot { $n }: A is how it is now. Which one shall I take?
takes-none = I have no other way to show shot { $n }.
takes-filming = B and on are composed here and cost nothing. “Film it anew” has an outside camera film this shot once more, which is paid for.
takes-outdated = Your video has changed meanwhile, so those takes don't fit any more. Please choose the shot again.
take = { $letter }
take-seconds = { $letter } · ~{ $n } s
take-minutes = { $letter } · ~{ $n } min
other-takes = 🔄 Other takes
film-anew = 🎥 Film it anew (paid)
film-anew-cost = 🎥 Film it anew · about ${ $amount }
which-words = Whose words shall we change?
which-voice = Who should speak?
which-platform = Where else will you post it?
shot = Shot { $n }
shot-words = { $n }. { $text }
shot-silent = { $n }. (no words)
same-already = It is like that already.
nothing-to-undo = There's nothing to undo.
ask-words = What should shot { $n } say?
ask-headline = What should be written on shot { $n }?
ask-words-typing = the new words
headline-instead = Change the headline instead
never-mind = Never mind
line-too-long = That's { $is_now } characters. Up to { $n } fit into a shot.

## Posting

publish = 📤 Publish
where-to-post = Where shall I post it?
network-youtube = YouTube
network-instagram = Instagram
network-tiktok = TikTok
account-named = { $network }, { $name }
confirm-post = Post this to { $place }?
confirm-account = Account: { $account }
confirm-visibility = Who sees it: { $visibility }
confirm-synthetic = It will be marked as altered with AI, because some of its pictures are.
confirm-no-words = TikTok takes no words along. Here they are, to paste when you finish the post in the app:
visibility-public = everybody
visibility-unlisted = whoever has the link
visibility-private = only the account itself
visibility-draft = nobody yet; it goes to the account's TikTok inbox as a draft
post-it = Post to { $place }
press-to-post = Others will see this, so please press the button to post it.
cannot-publish = This can't be posted from here any more.
posted-already = I've posted that already.
posted-public = It's on { $place }.
posted-unlisted = It's on { $place }. Only people with the link see it.
posted-private = It's on { $place }. Only the account itself sees it.
posted-draft = It waits in the account's { $place } inbox. Open the app there, add the words and post it.
posted-kept-private = The platform keeps it private for now. The operator can find out why in docs/publishing.md.
open-post = ↗ Open on { $place }
not-posted = It wasn't posted.
limit-lifted = It may work again in { $time }.
failed-login-youtube = YouTube doesn't accept this bot's login any more. The operator has to log in to the channel again and set YOUTUBE_REFRESH_TOKEN.
failed-login-instagram = Instagram doesn't accept this bot's login any more. The operator has to make a new access token and set INSTAGRAM_ACCESS_TOKEN.
failed-login-tiktok = TikTok doesn't accept this bot's login any more. The operator has to log in to the account again and set TIKTOK_REFRESH_TOKEN.
failed-rejected-words = The platform refuses the title or the caption. Change the words of the video, then try again.
failed-rejected-file = The platform can't use this video file.
failed-rejected-length = The platform says the video is too long or too short for this account.
failed-rejected-rules = The platform says it's against its rules.
failed-rejected-copyright = The platform says somebody else holds rights in it.
failed-rejected-duplicate = The platform says this video is there already.
failed-rejected-spam = The platform takes this for spam. Wait a while before posting more.
failed-rejected-account = The platform has restricted the account. Whoever owns it should sign in there and see why.
failed-rejected-other = The platform didn't accept it and gave no reason that I understand.
failed-post-limit = The account has posted as much as it may for now.
failed-post-away = The platform can't be reached. Press Publish again later: I'll go on where it stopped, and nothing is posted twice.
failed-post-file = The video file is no longer there. Have the video made again, then post it.
failed-post-processing = The platform has the video and isn't done with it yet. Press Publish again in a while and I'll look; it won't be posted twice.
failed-post-unknown = I sent it, but the answer was lost and I can't find out whether it was posted. Please look at the account. I won't send it again.

## History, settings, deleting

films = Your videos:
films-line = { $n }. { $title } ({ $day })
films-typing = a number
film-number = ▶ { $n }
no-films = { $days ->
    [0] I haven't made a video for you yet. Send photos and we'll begin.
    [one] I haven't made a video for you in the last day. Send photos and we'll begin.
   *[other] I haven't made a video for you in the last { $days } days. Send photos and we'll begin.
}
films-kept = { $days ->
    [one] Each is kept for { $days } day after you last use it.
   *[other] Each is kept for { $days } days after you last use it.
}
no-such-film = I don't have that number.
film-gone = { $days ->
    [0] That video is no longer there. Send the photos again and I'll make a new one.
    [one] That video was removed: each is kept for { $days } day after its last use. What is in our chat stays; for a new one, send the photos again.
   *[other] That video was removed: each is kept for { $days } days after its last use. What is in our chat stays; for a new one, send the photos again.
}
restart-or-continue = { $n ->
    [0] We're in the middle of an order. Go on, or start over?
    [one] We're in the middle of an order with { $n } photo. Go on, or start over?
   *[other] We're in the middle of an order with { $n } photos. Go on, or start over?
}
continue = Go on
start-over = Start over
settings = Settings
settings-language = I speak: { $language }
settings-handle = Handle: { $text }
settings-closing = Closing line: { $text }
settings-colours = Brand colours: { $text }
settings-logo = Logo: { $text }
settings-sayings = Said like this: { $text }
settings-ui-language-button = Language
settings-handle-button = Handle
settings-closing-line-button = Closing line
settings-colours-button = Colours
settings-logo-button = Logo
settings-sayings-button = Pronunciation
not-set = not set
set = saved
clear = Clear it
ask-ui-language = Which language shall we speak?
ui-language-unclear = I speak English, German, Spanish and French.
language-en = English
language-de = Deutsch
language-es = Español
language-fr = Français
ask-handle = Your handle or shop address, for the last shot of every video?
ask-handle-typing = @nordtisch
ask-closing = A line to end every video with?
ask-closing-typing = Made by hand in Porto
ask-colours = Your brand colours? Up to three, by name or code.
ask-colours-typing = such as #1e56c5 and white
colours-unclear = I didn't recognise a colour. Try a name like “blue” or a code like #1e56c5.
ask-sayings = Is a word said wrong? Write how it should sound, as you would spell it to a stranger.
ask-sayings-more = One to a line. Captions keep your spelling. To drop one, leave the right side empty.
ask-sayings-typing = Nordtisch = Nortish
sayings-unclear = I need lines such as “Nordtisch = Nortish”: the word, =, and how it sounds.
ask-logo = Send me your logo as an image.
ask-delete = This deletes everything I have from you: photos, videos, settings, and whatever is being made. Go ahead?
ask-delete-surely = It can't be undone. Are you sure?
delete = Delete everything
delete-surely = Yes, delete it all
keep = Keep it
forgotten = Everything is deleted. Send photos if you ever want to begin again.

## Who may use the bot

by-invitation = This bot works by invitation. If you have one, open its link or send /start with your code.
you-are-banned = The operator of this bot has closed it to you.
code-unknown = I don't know that invitation. Please check the code.
code-used = That invitation has been used already. Please ask for a new one.
code-expired = That invitation has expired. Please ask for a new one.

## For the operator

invited = { $n ->
    [one] An invitation for one seller, good for one day:
   *[other] An invitation for one seller, good for { $n } days:
}
invited-by-typing = In any chat it can be typed: /start { $code }
ban-whom = Say whom, such as: /ban telegram:12345 or /unban discord:678
ban-operator = Operators can't be banned.
banned = { $n ->
    [0] { $seller } is banned. Nothing was being made for them.
    [one] { $seller } is banned. One video that was being made is stopped.
   *[other] { $seller } is banned. { $n } videos that were being made are stopped.
}
unbanned = { $seller } is no longer banned.
not-banned = { $seller } wasn't banned.
stats-sellers = { $n ->
    [one] { $n } seller
   *[other] { $n } sellers
}
stats-films = { $n ->
    [one] { $n } video made
   *[other] { $n } videos made
}
stats-now = Waiting: { $waiting }, being made: { $running }, failed today: { $failed }
stats-week = Videos on each of the last seven days: { $days }
stats-disk = Disk: { $gigabytes } GB used, { $free } GB free
stats-kept = { $days ->
    [0] Videos are kept for ever
    [one] Videos are kept for { $days } day after their last use
   *[other] Videos are kept for { $days } days after their last use
}

## Chats that list commands and describe the bot

command-start = Begin, or go on
command-new = Start a new video
command-films = Your videos
command-settings = Language and brand
command-cancel = Stop what is under way
command-help = How it works
command-delete-me = Delete everything about you
bot-description = Send me photos of your product. I'll ask a few short questions and make promo videos of it, with voice, captions and music, ready for TikTok, Reels, Shorts and your shop.
bot-short-description = Product photos in, promo videos out.
