### What FRAME says in German. Short, warm, plain. Words a seller typed appear exactly as they are.

gap = {""}
verbatim = { $text }

## Welcome and help

welcome = Hallo! Ich mache aus Produktfotos kurze Werbevideos.
welcome-more = Schick mir 1 bis 10 Fotos von einem Produkt. Ich frage kurz nach, zeige dir zwei Ideen und mache die, die dir gefällt.
help = Schick Fotos von einem Produkt, beantworte, was du magst, und überspring den Rest. Du kannst tippen statt Knöpfe zu drücken und bis zum Start alles ändern. Unter einem fertigen Video lassen sich einzelne Einstellungen, der Text, die Stimme und die Musik austauschen.
help-commands = /new – ein neues Video
    /films – was ich für dich gemacht habe, auch zum erneuten Schicken
    /settings – Sprache und deine Marke
    /cancel – anhalten, was gerade läuft
    /delete_me – alles löschen, was ich von dir habe
    /help – diese Übersicht
unknown-command = Diesen Befehl kenne ich nicht. /help zeigt, was ich kann.
photo-please = Ich kann nur mit Fotos und Text arbeiten. Schick mir bitte ein Produktfoto.
voice-unheard = Sprachnachrichten kann ich noch nicht anhören. Bitte schreib es mir, wie du magst.
only-photos = Ich kann nur mit Fotos und Text arbeiten, das lasse ich also beiseite.
edit-unread = Ich lese Nachrichten, wenn sie kommen, und nicht, was später darin geändert wird. Schreib es bitte noch einmal.
upload-instead = Links öffne ich nicht. Lade das Foto bitte direkt hoch.
hint-first = Schick mir 1 bis 10 Fotos von einem Produkt, dann geht es los. /help zeigt, was ich kann.
hint-rest = Schick mir Fotos von einem Produkt, dann legen wir los. /films zeigt, was ich schon gemacht habe.
hint-making = Ich arbeite noch daran und zeige es hier, sobald es fertig ist. Mit neuen Fotos beginnst du jederzeit das nächste Video.
hint-film = Dein Video änderst du mit den Knöpfen darunter. Neue Fotos beginnen das nächste; /films zeigt alle.
hint-ideas = Drück den Buchstaben der Idee, die ich umsetzen soll, oder 🔄 für andere. Mit neuen Fotos beginnt ein weiteres Video.
youre-welcome = Gern geschehen.
cost-answer = Bevor etwas gemacht wird, siehst du, wie lange es dauert und, soweit bekannt, was es kostet. Ohne dein Ja beginnt nichts.
question-answer = Das kann ich nicht beantworten. /help zeigt, was ich kann.
noted = Notiert. { $what }
no-words-in-that = Darin habe ich keine Wörter gefunden. Schreibst du es noch einmal?
stale = Dieser Knopf ist von vorhin. Nimm bitte die neueste Nachricht.
stale-film = Weiter unten gibt es eine neuere Fassung dieses Videos. Unter /films sind alle.
stale-forgotten = { $days ->
    [0] Dieser Knopf gehört zu einem Gespräch, das ich nicht mehr habe. Schick Fotos, dann fangen wir neu an.
    [one] Dieser Knopf gehört zu einem Gespräch, das ich nicht mehr habe: Was { $days } Tag lang nicht genutzt wird, wird gelöscht. Schick die Fotos noch einmal.
   *[other] Dieser Knopf gehört zu einem Gespräch, das ich nicht mehr habe: Was { $days } Tage lang nicht genutzt wird, wird gelöscht. Schick die Fotos noch einmal.
}
film-out-of-reach = { $days ->
    [0] Diese Knöpfe sind zu alt. /films zeigt das Video noch einmal, mit neuen.
    [one] Diese Knöpfe sind zu alt. Sieh unter /films nach; fehlt das Video dort, wurde es nach { $days } Tag ohne Nutzung gelöscht. Schick dann die Fotos noch einmal.
   *[other] Diese Knöpfe sind zu alt. Sieh unter /films nach; fehlt das Video dort, wurde es nach { $days } Tagen ohne Nutzung gelöscht. Schick dann die Fotos noch einmal.
}
already-over = Das ist schon fertig.
went-wrong = Bei mir ist etwas schiefgegangen. Versuch es bitte noch einmal. (Kennung { $reference })
out-of-space = Mein Speicher ist voll, ich konnte das nicht sichern. Der Betreiber muss Platz schaffen. (Kennung { $reference })
file-gone = (Die Datei ist nicht mehr da.)

## Photos

photos-count = { $n ->
    [0] Noch kein Foto.
    [one] { $n } Foto.
   *[other] { $n } Fotos.
}
photos-wanted = Schick mir 1 bis 10 Fotos von deinem Produkt.
photos-more = Schick mehr, schreib, was es ist, oder mach weiter.
photos-typing = was es ist, mit deinen Worten
photos-done = Das sind alle, weiter
photos-enough = Ich nehme die ersten { $n } Fotos.
photo-known = Das Foto habe ich schon.
photo-first = Dafür brauche ich zuerst mindestens ein Foto.
photo-blurred = { $n ->
    [one] Foto { $which } ist etwas unscharf. Ein schärferes sähe besser aus.
   *[other] Die Fotos { $which } sind etwas unscharf. Schärfere sähen besser aus.
}
photo-dark = { $n ->
    [one] Foto { $which } ist recht dunkel. Mehr Licht würde helfen.
   *[other] Die Fotos { $which } sind recht dunkel. Mehr Licht würde helfen.
}
photo-low-resolution = { $n ->
    [one] Foto { $which } ist klein. Ich zeige es auf einem gestalteten Grund, damit es scharf bleibt.
   *[other] Die Fotos { $which } sind klein. Ich zeige sie auf einem gestalteten Grund, damit sie scharf bleiben.
}
photo-first-frame = { $n ->
    [one] Foto { $which } ist animiert; ich nehme das erste Bild.
   *[other] Die Fotos { $which } sind animiert; ich nehme jeweils das erste Bild.
}
photo-blank = { $n ->
    [one] Auf diesem Foto sehe ich kein Produkt. Trotzdem verwenden?
   *[other] Auf { $n } dieser Fotos sehe ich kein Produkt. Trotzdem verwenden?
}
use-anyway = Verwenden
leave-out = Weglassen
leave-out-photo = ✕ Foto { $n }
bad-photo-empty = { $n ->
    [one] Eine Datei ist leer. Schick sie bitte noch einmal.
   *[other] { $n } Dateien sind leer. Schick sie bitte noch einmal.
}
bad-photo-damaged = { $n ->
    [one] Ein Foto kam beschädigt an. Schick es bitte noch einmal.
   *[other] { $n } Fotos kamen beschädigt an. Schick sie bitte noch einmal.
}
bad-photo-not-a-photo = { $n ->
    [one] Eine Datei ist kein Foto, das ich lesen kann. JPEG, PNG, WebP, HEIC und AVIF gehen.
   *[other] { $n } Dateien sind keine Fotos, die ich lesen kann. JPEG, PNG, WebP, HEIC und AVIF gehen.
}
bad-photo-too-large = { $n ->
    [one] Ein Foto ist zu groß: bitte höchstens 20 MB und 40 Megapixel.
   *[other] { $n } Fotos sind zu groß: bitte höchstens 20 MB und 40 Megapixel.
}
bad-photo-too-small = { $n ->
    [one] Ein Foto ist zu klein. Es sollte mindestens 400 Pixel breit sein.
   *[other] { $n } Fotos sind zu klein. Sie sollten mindestens 400 Pixel breit sein.
}
bad-photo-too-narrow = { $n ->
    [one] Ein Bild ist zu schmal für ein Video.
   *[other] { $n } Bilder sind zu schmal für ein Video.
}
noted-now-photos = Notiert. Jetzt fehlen noch die Fotos.
same-style = ✨ Stil wie beim letzten Mal

## The order

back = ◀ Zurück
skip = Überspringen
to-review = Übersicht ⏩
close = Schließen
cancel = Abbrechen
now = Jetzt: { $text }
ask-product = Was ist es?
ask-product-more = Name, Preis und was es besonders macht, mit deinen Worten.
ask-product-typing = Nordtisch Becher, mattschwarz, 39,90 €, spülmaschinenfest
text-shortened = Das ist viel Text. Ich habe die ersten { $n } Zeichen behalten.
ask-check = Das habe ich verstanden:
ask-check-typing = oder sag es mir noch einmal anders
points-added = Zu den Vorzügen hinzugefügt. Ist es der Name oder der Preis, drück darauf.
check-wrong = Was stimmt nicht? Drück Name, Preis oder Vorzüge, oder sag es mir noch einmal in deinen Worten.
that-is-right = Stimmt so
fix-name = Name
fix-price = Preis
fix-points = Vorzüge
fix-photos = Fotos
fix-language = Sprache
fix-tone = Stil
fix-voice = Stimme
fix-platforms = Plattformen
fix-length = Länge
ask-name = Wie heißt es?
ask-name-typing = der Name des Produkts
ask-price = Was kostet es?
ask-price-typing = etwa 39,90 €
no-price = Ohne Preis
price-unclear = Einen Preis konnte ich nicht erkennen. Zum Beispiel „39,90 €“ verstehe ich.
currency-unknown = Ich nehme den Preis als { $price }, ohne Währung. Soll eine dabei sein, schreib sie dazu: { $price } € oder { $price } CHF.
ask-points = Was soll man darüber wissen?
ask-points-typing = mattschwarz, spülmaschinenfest, aus Porto
ask-language = Welche Sprache soll das Video sprechen?
ask-language-more = Es geht um Stimme und Untertitel. Du kannst auch jede andere tippen.
ask-language-typing = eine Sprache
language-name = { $language }
language-unclear = Diese Sprache kenne ich nicht. Versuch es mit ihrem Namen oder einem Kürzel wie „fr“.
ask-tone = Wie soll es sich anfühlen?
ask-tone-typing = oder ein eigenes Wort, etwa „gemütlich“
tone-playful = Verspielt
tone-luxury = Edel
tone-bold = Kräftig
tone-calm = Ruhig
tone-warm = Warm
tone-street = Street
tone-playful-more = Verspielt – federnd, bunt, fröhlich
tone-luxury-more = Edel – langsam, dunkel, elegant
tone-bold-more = Kräftig – große Schrift, schnelle Schnitte
tone-calm-more = Ruhig – leise, viel Luft
tone-warm-more = Warm – weiches Licht, wie daheim
tone-street-more = Street – roh, urban, schnell
tone-nearest = „{ $word }“ – dafür nehme ich { $tone }.
tone-unknown = Wie „{ $word }“ aussieht, weiß ich nicht sicher; ich beginne mit { $tone }.
ask-voice = Wer soll sprechen?
ask-voice-hear = Mit ▶ spricht dir eine Stimme deine eigene erste Zeile vor.
ask-voice-typing = ein Name oder „keine“
no-voice-for = Für { $language } habe ich noch keine natürliche Stimme. Dieses Video erzählt mit Untertiteln und Musik.
voice-auto = Such du aus
voice-mine = wähle ich aus
voice-none = Ohne Stimme, nur Untertitel
voice-robot = Roboterstimme
voice-named = { $name } ({ $character })
voice-warm = warm
voice-bright = hell
voice-calm = ruhig
voice-deep = tief
voice-lively = lebhaft
voice-clear = klar
voice-robotic = roboterhaft
voice-unclear = Diese Stimme habe ich nicht. Nimm eine von diesen oder schreib „keine“.
hear = ▶
hear-soon = Einen Moment, ich nehme es auf.
hear-needs-words = Sag mir erst, was das Produkt ist, dann gibt es etwas zu sprechen.
sample-title = Deine erste Zeile
sample-by = Deine erste Zeile: { $voice }
no-sample = Noch gibt es nichts zu sprechen. Ein Name oder ein paar Worte zum Produkt genügen.
ask-platforms = Wo willst du es zeigen?
ask-platforms-more = Wähl so viele du magst; jede bekommt ihr eigenes Format.
ask-platforms-skipped = Wenn du das überspringst, wird es für TikTok gemacht.
ask-platforms-typing = etwa „TikTok und YouTube“
platforms-done = Fertig
platforms-unclear = Darin habe ich keine Plattform erkannt. TikTok, Reels, Shorts, Stories, Instagram-Feed, quadratisch oder YouTube?
platform-first = Wähl mindestens eine Plattform.
platform-tiktok = TikTok
platform-instagram_reels = Reels
platform-youtube_shorts = Shorts
platform-stories = Stories
platform-instagram_feed = Instagram-Feed
platform-square_feed = Quadrat-Feed
platform-youtube = YouTube
platform-button = { $platform } { $aspect }
ask-length = Wie lang?
ask-length-typing = 6, 15 oder 30
seconds = { $n } s
length-unclear = 6, 15 oder 30 Sekunden?
length-nearest = Ich mache { $n } Sekunden daraus, das ist am nächsten dran.

## Summary

review = So mache ich es. Soll etwas anders sein?
review-typing = „ok“, und ich beginne
review-hint = Drück einen Knopf, um etwas zu ändern, oder schreib „ok“, dann beginne ich.
review-photos = Fotos: { $n }
review-name = Name: { $text }
review-no-name = Name: –
review-price = Preis: { $text }
review-no-price = Preis: –
review-points = { $n ->
    [one] Vorzug: { $text }
   *[other] Vorzüge: { $text }
}
review-no-points = Vorzüge: –
review-language = Sprache: { $language }
review-tone = Stil: { $tone }
review-voice = Stimme: { $voice }
review-platforms = Für: { $platforms }
review-length = Länge: { $n } Sekunden
review-brand = Marke: { $handle }
review-time = Zwei Vorschauen dauern { $time }.
review-free = Kostet nichts: Alles entsteht hier.
review-cost = Kostet etwa { $amount } US-Dollar.
make = 🎬 Video machen
about-seconds = etwa { $n } Sekunden
about-minutes = { $n ->
    [one] etwa eine Minute
   *[other] etwa { $n } Minuten
}
about-hours = { $n ->
    [one] etwa einer Stunde
   *[other] etwa { $n } Stunden
}

## At work

making-previews = Ich mache Ideen zur Auswahl
making-previews-of = Ich mache Ideen für { $name }
making-film = Ich mache dein Video
making-film-of = Ich mache dein Video: { $name }
posting-to = Posten: { $place }
queued = Du bist Nummer { $n } in der Schlange.
starting = Du bist als Nächstes dran.
stage-enhance = Das Foto wird vorbereitet
stage-enhance-of = Foto { $done } von { $total } wird vorbereitet
stage-write = Das Drehbuch entsteht
stage-speak = Die Stimme wird aufgenommen
stage-shoot = Die Einstellungen entstehen
stage-shoot-of = Einstellung { $done } von { $total } entsteht
stage-score = Die Musik wird ausgesucht
stage-cut = Schnitt und Untertitel
stage-cut-of = Schnitt, Teil { $done } von { $total }
stage-publish = Hochladen
stage-publish-waiting = Hochgeladen. Die Plattform verarbeitet es
idea-stage = Idee { $letter }: { $stage }
time-left = noch { $time }
board = Das Storyboard
board-idea = Das Storyboard von Idee { $letter }
stopping = Ich halte an …
cancelled = Angehalten.
failed = Das habe ich nicht fertig bekommen.
failed-disk-full = Hier ist kein Platz mehr. Der Betreiber muss welchen schaffen.
failed-refused = Der Dienst hat den Auftrag abgelehnt, und sein Ersatz auch.
failed-engine = Ein Dienst hat nicht geantwortet, und sein Ersatz konnte auch nicht helfen. Versuch es bitte später noch einmal.
failed-photo = Eines der Fotos ließ sich doch nicht verwenden. Versuch es ohne dieses.
failed-media = Das Video ließ sich nicht zusammensetzen. Versuch es bitte noch einmal.
failed-storage = Eine Datei, die ich brauche, fehlt. Schick die Fotos bitte noch einmal.
failed-too-long = Es hat zu lange gedauert, darum habe ich angehalten. Ein kürzeres Video oder weniger Plattformen helfen vielleicht.
failed-crashed = Es ist mehrmals an derselben Stelle gescheitert, darum habe ich aufgehört.
failed-bug = Bei mir ist etwas Unerwartetes passiert.
ref = Kennung: { $id }
daily-limit = Das waren alle Videos für heute.
limit-resets = Das nächste geht in { $time }.
order-dropped = Gut, dieser Auftrag ist verworfen. Schick Fotos, wann immer du magst.
nothing-to-cancel = Es läuft nichts, was ich anhalten könnte.
aside-closed = Gut, lassen wir das.
busy = Ich arbeite schon an mehreren deiner Wünsche. Lass mich die erst fertig machen.
on-it = Bin dabei.
already-on-it = Bin schon dabei.

## Ideas and results

previews-ready = { $n ->
    [one] Eine Idee für dich:
   *[other] { $n } Ideen für dich:
}
preview = { $letter } – { $kind }
preview-hook = „{ $text }“
idea-question = beginnt mit einer Frage
idea-contrast = beginnt mit einem Gegensatz
idea-number = beginnt mit einer Zahl
idea-sensory = beginnt mit einem Gefühl
idea-occasion = beginnt mit einem Moment
idea-reveal = beginnt mit einer Enthüllung
choose-idea = Welche soll ich machen?
pick = { $letter }
more-ideas = 🔄 Zwei andere Ideen
film-ready = { $n ->
    [one] Dein Video ist fertig:
   *[other] Dein Video ist fertig, in { $n } Formaten:
}
film-format = { $platforms } · { $aspect } · { $seconds } s
post-pack = Zum Posten:
post-pack-files = Untertitel und Titelbild liegen bei.
copy-title = Titel kopieren
copy-caption = Text kopieren
note-no-voice-for-language = Für diese Sprache gibt es noch keine natürliche Stimme; die Untertitel erzählen.
note-robotic-voice = Für diese Sprache habe ich nur die Roboterstimme.
note-voice-unavailable = Die Stimme war nicht verfügbar; die Untertitel erzählen.
note-built-in-engine = Ein fremder Dienst war nicht erreichbar, darum habe ich den eingebauten genommen.
note-product-changed-shoot = In einem Clip von außen sah das Produkt anders aus als auf deinem Foto, darum hat die eingebaute Kamera gefilmt.
note-product-changed-enhance = In einem retuschierten Bild sah das Produkt anders aus als auf deinem Foto, darum bin ich beim Foto geblieben.
note-check-failed = Eine meiner Qualitätsprüfungen wurde knapp verfehlt. Schau bitte kurz drüber, bevor du es postest.
note-music = Musik: „{ $title }“ ({ $licence }).
film-menu = Gefällt es dir? Du kannst es ändern, so oft du magst.
film-menu-more = Nur was du änderst, wird neu gemacht.
change-shot = 🔄 Einstellung
change-words = ✏️ Text
change-voice = 🎙 Stimme
change-music = 🎵 Andere Musik
other-idea = 💡 Andere Idee
add-platform = ➕ Plattform
undo = ↩ Rückgängig
which-shot = Welche Einstellung soll ich neu aufnehmen?
takes-coming = Ich stelle andere Fassungen von Einstellung { $n } zusammen …
takes-of = Einstellung { $n }: A ist, wie sie jetzt ist. Welche soll ich nehmen?
takes-none = Einstellung { $n } kann ich nicht anders zeigen.
takes-filming = Ab B entsteht alles hier und kostet nichts. „Neu filmen“ lässt eine Kamera von außen diese Einstellung noch einmal filmen; das kostet Geld.
takes-outdated = Dein Video hat sich inzwischen geändert, diese Fassungen passen nicht mehr. Bitte wähle die Einstellung noch einmal.
take = { $letter }
take-seconds = { $letter } · ~{ $n } s
take-minutes = { $letter } · ~{ $n } min
other-takes = 🔄 Andere Fassungen
film-anew = 🎥 Neu filmen (kostet Geld)
film-anew-cost = 🎥 Neu filmen · etwa { $amount } $
which-words = Welchen Text ändern wir?
which-voice = Wer soll sprechen?
which-platform = Wo willst du es noch zeigen?
shot = Nr. { $n }
shot-words = { $n }. { $text }
shot-silent = { $n }. (ohne Text)
same-already = So ist es schon.
nothing-to-undo = Es gibt nichts rückgängig zu machen.
ask-words = Was soll Einstellung { $n } sagen?
ask-headline = Was soll auf Einstellung { $n } stehen?
ask-words-typing = der neue Text
headline-instead = Lieber die Überschrift ändern
never-mind = Doch nicht
line-too-long = Das sind { $is_now } Zeichen. In eine Einstellung passen höchstens { $n }.

## Posten

publish = 📤 Veröffentlichen
where-to-post = Wo soll ich es posten?
network-youtube = YouTube
network-instagram = Instagram
network-tiktok = TikTok
account-named = { $network }, { $name }
confirm-post = So auf { $place } posten?
confirm-account = Konto: { $account }
confirm-visibility = Wer es sieht: { $visibility }
confirm-synthetic = Es wird als mit KI verändert gekennzeichnet, weil einige Bilder es sind.
confirm-no-words = TikTok nimmt keinen Text mit. Hier ist er, zum Einfügen, wenn du den Post in der App fertigstellst:
visibility-public = alle
visibility-unlisted = wer den Link hat
visibility-private = nur das Konto selbst
visibility-draft = noch niemand; es kommt als Entwurf in den TikTok-Posteingang des Kontos
post-it = Auf { $place } posten
press-to-post = Das sehen dann andere. Drück bitte den Knopf, um es zu posten.
cannot-publish = Von hier aus lässt sich das nicht mehr posten.
posted-already = Das habe ich schon gepostet.
posted-public = Es ist auf { $place }.
posted-unlisted = Es ist auf { $place }. Nur wer den Link hat, sieht es.
posted-private = Es ist auf { $place }. Nur das Konto selbst sieht es.
posted-draft = Es wartet im { $place }-Posteingang des Kontos. Öffne dort die App, füge den Text ein und poste es.
posted-kept-private = Die Plattform hält es vorerst privat. Warum, kann der Betreiber in docs/publishing.md nachlesen.
open-post = ↗ Auf { $place } öffnen
not-posted = Es wurde nicht gepostet.
limit-lifted = Es könnte in { $time } wieder gehen.
failed-login-youtube = YouTube nimmt die Anmeldung dieses Bots nicht mehr an. Der Betreiber muss sich beim Kanal neu anmelden und YOUTUBE_REFRESH_TOKEN setzen.
failed-login-instagram = Instagram nimmt die Anmeldung dieses Bots nicht mehr an. Der Betreiber muss einen neuen Zugangsschlüssel erzeugen und INSTAGRAM_ACCESS_TOKEN setzen.
failed-login-tiktok = TikTok nimmt die Anmeldung dieses Bots nicht mehr an. Der Betreiber muss sich beim Konto neu anmelden und TIKTOK_REFRESH_TOKEN setzen.
failed-rejected-words = Die Plattform lehnt den Titel oder den Text ab. Ändere die Worte des Videos und versuch es dann noch einmal.
failed-rejected-file = Die Plattform kann mit dieser Videodatei nichts anfangen.
failed-rejected-length = Die Plattform sagt, das Video sei für dieses Konto zu lang oder zu kurz.
failed-rejected-rules = Die Plattform sagt, es verstoße gegen ihre Regeln.
failed-rejected-copyright = Die Plattform sagt, jemand anderes habe Rechte daran.
failed-rejected-duplicate = Die Plattform sagt, dieses Video sei schon da.
failed-rejected-spam = Die Plattform hält das für Spam. Warte eine Weile, bevor du mehr postest.
failed-rejected-account = Die Plattform hat das Konto eingeschränkt. Wem es gehört, sollte sich dort anmelden und nachsehen.
failed-rejected-other = Die Plattform hat es nicht angenommen und keinen Grund genannt, den ich verstehe.
failed-post-limit = Das Konto hat vorerst so viel gepostet, wie es darf.
failed-post-away = Die Plattform ist nicht zu erreichen. Drück später noch einmal auf Veröffentlichen: Ich mache weiter, wo es aufhörte, und nichts wird doppelt gepostet.
failed-post-file = Die Videodatei ist nicht mehr da. Lass das Video neu machen und poste es dann.
failed-post-processing = Die Plattform hat das Video und ist damit noch nicht fertig. Drück in einer Weile noch einmal auf Veröffentlichen, dann sehe ich nach; doppelt wird es nicht gepostet.
failed-post-unknown = Ich habe es abgeschickt, aber die Antwort ging verloren, und ich kann nicht herausfinden, ob es gepostet wurde. Sieh bitte im Konto nach. Noch einmal schicke ich es nicht.

## History, settings, deleting

films = Deine Videos:
films-line = { $n }. { $title } ({ $day })
films-typing = eine Nummer
film-number = ▶ { $n }
no-films = { $days ->
    [0] Ich habe noch kein Video für dich gemacht. Schick Fotos, dann legen wir los.
    [one] Ich habe in den letzten 24 Stunden kein Video für dich gemacht. Schick Fotos, dann legen wir los.
   *[other] Ich habe in den letzten { $days } Tagen kein Video für dich gemacht. Schick Fotos, dann legen wir los.
}
films-kept = { $days ->
    [one] Nach der letzten Nutzung hebe ich jedes { $days } Tag lang auf.
   *[other] Nach der letzten Nutzung hebe ich jedes { $days } Tage lang auf.
}
no-such-film = Diese Nummer habe ich nicht.
film-gone = { $days ->
    [0] Dieses Video ist nicht mehr da. Schick die Fotos noch einmal, dann mache ich ein neues.
    [one] Dieses Video wurde gelöscht: Nach der letzten Nutzung hebe ich jedes { $days } Tag lang auf. Was in unserem Chat steht, bleibt; für ein neues schick die Fotos noch einmal.
   *[other] Dieses Video wurde gelöscht: Nach der letzten Nutzung hebe ich jedes { $days } Tage lang auf. Was in unserem Chat steht, bleibt; für ein neues schick die Fotos noch einmal.
}
restart-or-continue = { $n ->
    [0] Wir sind mitten in einem Auftrag. Weitermachen oder neu beginnen?
    [one] Wir sind mitten in einem Auftrag mit { $n } Foto. Weitermachen oder neu beginnen?
   *[other] Wir sind mitten in einem Auftrag mit { $n } Fotos. Weitermachen oder neu beginnen?
}
continue = Weitermachen
start-over = Neu beginnen
settings = Einstellungen
settings-language = Ich spreche: { $language }
settings-handle = Profilname: { $text }
settings-closing = Schlusszeile: { $text }
settings-colours = Markenfarben: { $text }
settings-logo = Logo: { $text }
settings-sayings = So gesprochen: { $text }
settings-ui-language-button = Sprache
settings-handle-button = Profilname
settings-closing-line-button = Schlusszeile
settings-colours-button = Farben
settings-logo-button = Logo
settings-sayings-button = Aussprache
not-set = nicht festgelegt
set = gespeichert
clear = Entfernen
ask-ui-language = In welcher Sprache reden wir?
ui-language-unclear = Ich spreche Englisch, Deutsch, Spanisch und Französisch.
language-en = English
language-de = Deutsch
language-es = Español
language-fr = Français
ask-handle = Dein Profilname oder deine Shop-Adresse, für die letzte Einstellung jedes Videos?
ask-handle-typing = @nordtisch
ask-closing = Eine Zeile, mit der jedes Video endet?
ask-closing-typing = Von Hand gemacht in Porto
ask-colours = Deine Markenfarben? Bis zu drei, mit Namen oder Code.
ask-colours-typing = etwa #1e56c5 und Weiß
colours-unclear = Darin habe ich keine Farbe erkannt. Versuch es mit einem Namen wie „blau“ oder einem Code wie #1e56c5.
ask-sayings = Wird ein Wort falsch gesprochen? Schreib, wie es klingen soll, so wie du es jemandem vorbuchstabieren würdest.
ask-sayings-more = Eins pro Zeile. Untertitel behalten deine Schreibweise. Zum Löschen lässt du die rechte Seite leer.
ask-sayings-typing = Le Creuset = Lö Krösee
sayings-unclear = Ich brauche Zeilen wie „Le Creuset = Lö Krösee“: das Wort, =, und wie es klingt.
ask-logo = Schick mir dein Logo als Bild.
ask-delete = Damit lösche ich alles, was ich von dir habe: Fotos, Videos, Einstellungen und was gerade entsteht. Soll ich?
ask-delete-surely = Das lässt sich nicht rückgängig machen. Ganz sicher?
delete = Alles löschen
delete-surely = Ja, alles löschen
keep = Behalten
forgotten = Alles ist gelöscht. Schick Fotos, wenn du einmal neu beginnen magst.

## Wer den Bot benutzen darf

by-invitation = Diesen Bot gibt es nur auf Einladung. Wenn du eine hast, öffne ihren Link oder schick /start mit deinem Code.
you-are-banned = Der Betreiber hat diesen Bot für dich gesperrt.
code-unknown = Diese Einladung kenne ich nicht. Prüf bitte den Code.
code-used = Diese Einladung wurde schon benutzt. Bitte frag nach einer neuen.
code-expired = Diese Einladung ist abgelaufen. Bitte frag nach einer neuen.

## Für den Betreiber

invited = { $n ->
    [one] Eine Einladung für eine Person, einen Tag gültig:
   *[other] Eine Einladung für eine Person, { $n } Tage gültig:
}
invited-by-typing = In jedem Chat lässt sie sich auch tippen: /start { $code }
ban-whom = Sag, wen, zum Beispiel: /ban telegram:12345 oder /unban discord:678
ban-operator = Betreiber lassen sich nicht sperren.
banned = { $n ->
    [0] { $seller } ist gesperrt. Es lief gerade nichts.
    [one] { $seller } ist gesperrt. Ein laufendes Video ist angehalten.
   *[other] { $seller } ist gesperrt. { $n } laufende Videos sind angehalten.
}
unbanned = { $seller } ist nicht mehr gesperrt.
not-banned = { $seller } war nicht gesperrt.
stats-sellers = { $n ->
    [one] { $n } Person
   *[other] { $n } Personen
}
stats-films = { $n ->
    [one] { $n } Video gemacht
   *[other] { $n } Videos gemacht
}
stats-now = Warten: { $waiting }, in Arbeit: { $running }, heute gescheitert: { $failed }
stats-week = Videos an jedem der letzten sieben Tage: { $days }
stats-disk = Speicher: { $gigabytes } GB belegt, { $free } GB frei
stats-kept = { $days ->
    [0] Videos werden für immer aufgehoben
    [one] Videos werden nach der letzten Nutzung { $days } Tag lang aufgehoben
   *[other] Videos werden nach der letzten Nutzung { $days } Tage lang aufgehoben
}

## Chats, die Befehle auflisten und den Bot beschreiben

command-start = Anfangen oder weitermachen
command-new = Neues Video beginnen
command-films = Deine Videos
command-settings = Sprache und Marke
command-cancel = Stoppen, was gerade läuft
command-help = So funktioniert es
command-delete-me = Alles über dich löschen
bot-description = Schick mir Fotos deines Produkts. Ich stelle ein paar kurze Fragen und mache daraus Werbevideos mit Stimme, Untertiteln und Musik, fertig für TikTok, Reels, Shorts und deinen Shop.
bot-short-description = Produktfotos rein, Werbevideos raus.
