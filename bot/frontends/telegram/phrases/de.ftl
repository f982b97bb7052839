### What only the Telegram front end says, in German.

somebody-else = Das gehört jemand anderem. Schreib mir in einem eigenen Chat, dann machen wir dein Video.
not-ours = Diesen Knopf kenne ich nicht. Nimm bitte die neueste Nachricht.
made-smaller = Diese Kopie ist kleiner, damit sie hier hineinpasst: { $size } MB statt { $full } MB.
full-quality = ⤓ Volle Qualität (gilt { $days } Tage)
left-out = { $name } ist zu groß, um hier gezeigt zu werden ({ $full } MB).
only-replies = (In einer Gruppe antworte bitte auf diese Nachricht, damit ich es sehe.)
