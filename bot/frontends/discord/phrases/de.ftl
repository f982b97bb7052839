### Was nur in Discord gesagt wird, auf Deutsch.

write = Schreiben
write-title = Deine Antwort
write-photos = Fotos
choose = Auswählen …
choose-several = Wähle, so viele du magst …
choose-hear = ▶ Eine Stimme anhören
somebody-else = Das gehört jemand anderem. Fang mit /video dein eigenes an.
not-ours = Diesen Knopf kenne ich nicht. Bitte nimm die neueste Nachricht.
go-on-here = Hier geht es weiter: { $place }
missing-permissions = Hier kann ich noch nicht arbeiten. Wer diesen Server betreut, muss mir erlauben: { $names }.
direct-messages-closed = Ich konnte dir nicht schreiben. Bitte erlaube in deinen Privatsphäre-Einstellungen Direktnachrichten von Apps und versuch es noch einmal.
no-photos-there = In dieser Nachricht ist kein Foto.
made-smaller = Diese Kopie ist kleiner, damit sie hier hineinpasst: { $size } MB statt { $full } MB.
full-quality = Volle Qualität (der Link gilt { $days } Tage)
left-out = { $name } ist zu groß, um hier gezeigt zu werden ({ $full } MB).
thread-of = Video für { $name }
command-video = Aus Produktfotos ein Video machen
command-from-message = Ein Video daraus machen
option-code = Der Code einer Einladung
option-photo = Ein Foto des Produkts
option-text = Name, Preis und was es gut macht, in deinen Worten
option-tone = Wie es sich anfühlen soll
option-voice = Wer sprechen soll
option-platforms = Wo du es postest, etwa TikTok, Reels
