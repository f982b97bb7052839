### What FRAME says in French. Short, warm, plain. Words a seller typed appear exactly as they are.

gap = {""}
verbatim = { $text }

## Welcome and help

welcome = Bonjour ! Je transforme des photos de produits en courtes vidéos promotionnelles.
welcome-more = Envoyez-moi de 1 à 10 photos d'un produit. Je pose quelques questions, je vous montre deux idées et je réalise celle qui vous plaît.
help = Envoyez des photos d'un produit, répondez à ce que vous voulez, passez le reste. Vous pouvez écrire au lieu d'appuyer sur les boutons et tout modifier avant le départ. Sous une vidéo terminée, vous pouvez changer un plan, le texte, la voix ou la musique.
help-commands = /new – une nouvelle vidéo
    /films – ce que j'ai fait pour vous, prêt à être renvoyé
    /settings – langue et marque
    /cancel – arrêter ce qui est en cours
    /delete_me – effacer tout ce que je sais de vous
    /help – cette liste
unknown-command = Je ne connais pas cette commande. /help montre ce que je sais faire.
photo-please = Je ne travaille qu'avec des photos et du texte. Envoyez-moi une photo du produit, s'il vous plaît.
voice-unheard = Je ne peux pas encore écouter les messages vocaux. Écrivez-le-moi, avec vos mots.
only-photos = Je ne travaille qu'avec des photos et du texte ; je laisse donc cela de côté.
edit-unread = Je lis les messages quand ils arrivent, pas ce qu'on y change ensuite. Écrivez-le encore une fois, s'il vous plaît.
upload-instead = Je n'ouvre pas les liens. Envoyez plutôt la photo elle-même.
hint-first = Envoyez-moi de 1 à 10 photos d'un produit et nous commençons. /help montre ce que je sais faire.
hint-rest = Envoyez-moi des photos d'un produit et nous commençons. /films montre ce que j'ai déjà fait.
hint-making = J'y travaille encore ; le résultat arrivera ici. De nouvelles photos lancent une autre vidéo à tout moment.
hint-film = Pour changer votre vidéo, appuyez sur les boutons en dessous. De nouvelles photos en commencent une autre ; /films les montre toutes.
hint-ideas = Appuyez sur la lettre de l'idée que je dois réaliser, ou 🔄 pour en voir d'autres. De nouvelles photos commencent une autre vidéo.
youre-welcome = Je vous en prie.
cost-answer = Avant toute création, vous voyez le temps et, s'il est connu, le coût. Rien ne commence sans votre accord.
question-answer = Je ne sais pas répondre à cela. /help montre ce que je sais faire.
noted = C'est noté. { $what }
no-words-in-that = Je n'y ai pas trouvé de mots. Pouvez-vous l'écrire à nouveau ?
stale = Ce bouton date d'avant. Utilisez le message le plus récent, s'il vous plaît.
stale-film = Une version plus récente de cette vidéo se trouve plus bas. Elles sont toutes dans /films.
stale-forgotten = { $days ->
    [0] Ce bouton vient d'une conversation que je n'ai plus. Envoyez des photos et nous recommençons.
    [one] Ce bouton vient d'une conversation que je n'ai plus : ce qui ne sert pas pendant { $days } jour est supprimé. Renvoyez les photos et nous recommençons.
   *[other] Ce bouton vient d'une conversation que je n'ai plus : ce qui ne sert pas pendant { $days } jours est supprimé. Renvoyez les photos et nous recommençons.
}
film-out-of-reach = { $days ->
    [0] Ces boutons sont trop anciens. /films montre de nouveau la vidéo, avec d'autres boutons.
    [one] Ces boutons sont trop anciens. Voyez /films ; si la vidéo n'y est pas, elle a été supprimée après { $days } jour sans usage : renvoyez les photos.
   *[other] Ces boutons sont trop anciens. Voyez /films ; si la vidéo n'y est pas, elle a été supprimée après { $days } jours sans usage : renvoyez les photos.
}
already-over = C'est déjà terminé.
went-wrong = Quelque chose s'est mal passé de mon côté. Réessayez, s'il vous plaît. (Référence { $reference })
out-of-space = Je n'ai plus de place et n'ai pas pu l'enregistrer. L'opérateur doit en libérer. (Référence { $reference })
file-gone = (Le fichier n'est plus là.)

## Photos

photos-count = { $n ->
    [0] Pas encore de photo.
    [one] { $n } photo.
   *[other] { $n } photos.
}
photos-wanted = Envoyez-moi de 1 à 10 photos de votre produit.
photos-more = Envoyez-en d'autres, écrivez ce que c'est, ou continuez.
photos-typing = ce que c'est, avec vos mots
photos-done = C'est tout, continuer
photos-enough = J'utilise les { $n } premières photos.
photo-known = J'ai déjà cette photo.
photo-first = Il me faut d'abord au moins une photo.
photo-blurred = { $n ->
    [one] La photo { $which } est un peu floue. Une plus nette serait mieux.
   *[other] Les photos { $which } sont un peu floues. De plus nettes seraient mieux.
}
photo-dark = { $n ->
    [one] La photo { $which } est plutôt sombre. Plus de lumière aiderait.
   *[other] Les photos { $which } sont plutôt sombres. Plus de lumière aiderait.
}
photo-low-resolution = { $n ->
    [one] La photo { $which } est petite. Je la montre sur un fond dessiné pour qu'elle reste nette.
   *[other] Les photos { $which } sont petites. Je les montre sur un fond dessiné pour qu'elles restent nettes.
}
photo-first-frame = { $n ->
    [one] La photo { $which } est animée ; je prends sa première image.
   *[other] Les photos { $which } sont animées ; je prends la première image de chacune.
}
photo-blank = { $n ->
    [one] Je ne vois pas de produit sur cette photo. L'utiliser quand même ?
   *[other] Je ne vois pas de produit sur { $n } de ces photos. Les utiliser quand même ?
}
use-anyway = Utiliser
leave-out = Laisser de côté
leave-out-photo = ✕ Photo { $n }
bad-photo-empty = { $n ->
    [one] Un fichier est vide. Renvoyez-le, s'il vous plaît.
   *[other] { $n } fichiers sont vides. Renvoyez-les, s'il vous plaît.
}
bad-photo-damaged = { $n ->
    [one] Une photo est arrivée abîmée. Renvoyez-la, s'il vous plaît.
   *[other] { $n } photos sont arrivées abîmées. Renvoyez-les, s'il vous plaît.
}
bad-photo-not-a-photo = { $n ->
    [one] Un fichier n'est pas une photo que je sais lire. JPEG, PNG, WebP, HEIC et AVIF conviennent.
   *[other] { $n } fichiers ne sont pas des photos que je sais lire. JPEG, PNG, WebP, HEIC et AVIF conviennent.
}
bad-photo-too-large = { $n ->
    [one] Une photo est trop grande : 20 Mo et 40 mégapixels au plus, s'il vous plaît.
   *[other] { $n } photos sont trop grandes : 20 Mo et 40 mégapixels au plus, s'il vous plaît.
}
bad-photo-too-small = { $n ->
    [one] Une photo est trop petite. Il faut au moins 400 pixels de large.
   *[other] { $n } photos sont trop petites. Il faut au moins 400 pixels de large.
}
bad-photo-too-narrow = { $n ->
    [one] Une image est trop étroite pour une vidéo.
   *[other] { $n } images sont trop étroites pour une vidéo.
}
noted-now-photos = C'est noté. Il ne manque plus que les photos.
same-style = ✨ Même style que la dernière fois

## The order

back = ◀ Retour
skip = Passer
to-review = Résumé ⏩
close = Fermer
cancel = Annuler
now = Actuellement : { $text }
ask-product = Qu'est-ce que c'est ?
ask-product-more = Le nom, le prix et ce qui le rend bon, avec vos mots.
ask-product-typing = Tasse Nordtisch, noir mat, 39,90 €, passe au lave-vaisselle
text-shortened = Cela fait beaucoup de texte. J'ai gardé les { $n } premiers caractères.
ask-check = Voici ce que j'ai compris :
ask-check-typing = ou dites-le-moi autrement
points-added = Ajouté aux atouts. Si c'est le nom ou le prix, appuyez dessus.
check-wrong = Qu'est-ce qui ne va pas ? Appuyez sur Nom, Prix ou Atouts, ou redites-le avec vos mots.
that-is-right = C'est ça
fix-name = Nom
fix-price = Prix
fix-points = Atouts
fix-photos = Photos
fix-language = Langue
fix-tone = Style
fix-voice = Voix
fix-platforms = Plateformes
fix-length = Durée
ask-name = Comment s'appelle-t-il ?
ask-name-typing = le nom du produit
ask-price = Combien coûte-t-il ?
ask-price-typing = par exemple 39,90 €
no-price = Sans prix
price-unclear = Je n'y vois pas de prix. « 39,90 € », par exemple, convient.
currency-unknown = Je prends le prix tel quel : { $price }, sans devise. S'il en faut une, écrivez-la avec le prix : { $price } € ou { $price } CHF.
ask-points = Que faut-il en savoir ?
ask-points-typing = noir mat, passe au lave-vaisselle, fait à Porto
ask-language = Quelle langue la vidéo doit-elle parler ?
ask-language-more = C'est la langue de la voix et des sous-titres. Vous pouvez en écrire une autre.
ask-language-typing = une langue
language-name = { $language }
language-unclear = Je ne connais pas cette langue. Essayez son nom, ou un code comme « fr ».
ask-tone = Quelle impression doit-elle donner ?
ask-tone-typing = ou un mot à vous, comme « chaleureux »
tone-playful = Ludique
tone-luxury = Luxe
tone-bold = Audacieux
tone-calm = Calme
tone-warm = Chaleureux
tone-street = Urbain
tone-playful-more = Ludique – bondissant, coloré, joyeux
tone-luxury-more = Luxe – lent, sombre, élégant
tone-bold-more = Audacieux – grandes lettres, coupes vives
tone-calm-more = Calme – discret, beaucoup d'air
tone-warm-more = Chaleureux – lumière douce, comme chez soi
tone-street-more = Urbain – brut, rapide, de la rue
tone-nearest = « { $word } » : pour cela, je prends { $tone }.
tone-unknown = Je ne sais pas bien à quoi ressemble « { $word } » ; je commence par { $tone }.
ask-voice = Qui doit parler ?
ask-voice-hear = ▶ vous fait entendre une voix dire votre propre première phrase.
ask-voice-typing = un nom, ou « aucune »
no-voice-for = Je n'ai pas encore de voix naturelle en { $language } ; cette vidéo se raconte en sous-titres et en musique.
voice-auto = Choisissez pour moi
voice-mine = je la choisis
voice-none = Sans voix, sous-titres seuls
voice-robot = Voix robotique
voice-named = { $name } ({ $character })
voice-warm = chaleureuse
voice-bright = claire et vive
voice-calm = calme
voice-deep = grave
voice-lively = enjouée
voice-clear = nette
voice-robotic = robotique
voice-unclear = Je n'ai pas cette voix. Choisissez-en une ici, ou écrivez « aucune ».
hear = ▶
hear-soon = Un instant, je l'enregistre.
hear-needs-words = Dites-moi d'abord ce qu'est le produit, pour qu'il y ait quelque chose à dire.
sample-title = Votre première phrase
sample-by = Votre première phrase : { $voice }
no-sample = Cette voix n'a encore rien à dire. Un nom ou quelques mots sur le produit suffisent.
ask-platforms = Où allez-vous la publier ?
ask-platforms-more = Choisissez-en autant que vous voulez ; chacune a son propre format.
ask-platforms-skipped = Si vous passez, ce sera pour TikTok.
ask-platforms-typing = par exemple « TikTok et YouTube »
platforms-done = Terminé
platforms-unclear = Je n'y ai pas reconnu de plateforme. TikTok, Reels, Shorts, Stories, fil Instagram, carré ou YouTube ?
platform-first = Choisissez au moins une plateforme.
platform-tiktok = TikTok
platform-instagram_reels = Reels
platform-youtube_shorts = Shorts
platform-stories = Stories
platform-instagram_feed = Fil Instagram
platform-square_feed = Fil carré
platform-youtube = YouTube
platform-button = { $platform } { $aspect }
ask-length = Quelle durée ?
ask-length-typing = 6, 15 ou 30
seconds = { $n } s
length-unclear = 6, 15 ou 30 secondes ?
length-nearest = Je la fais de { $n } secondes, la durée la plus proche que je propose.

## Summary

review = Voici le plan. Quelque chose à changer ?
review-typing = « ok » pour commencer
review-hint = Appuyez sur un bouton pour changer quelque chose, ou écrivez « ok » et je commence.
review-photos = Photos : { $n }
review-name = Nom : { $text }
review-no-name = Nom : –
review-price = Prix : { $text }
review-no-price = Prix : –
review-points = { $n ->
    [one] Atout : { $text }
   *[other] Atouts : { $text }
}
review-no-points = Atouts : –
review-language = Langue : { $language }
review-tone = Style : { $tone }
review-voice = Voix : { $voice }
review-platforms = Pour : { $platforms }
review-length = Durée : { $n } secondes
review-brand = Marque : { $handle }
review-time = Deux aperçus prennent { $time }.
review-free = Cela ne coûte rien : tout est fait ici.
review-cost = Cela coûte environ { $amount } dollars.
make = 🎬 Faire ma vidéo
about-seconds = environ { $n } secondes
about-minutes = { $n ->
    [one] environ une minute
   *[other] environ { $n } minutes
}
about-hours = { $n ->
    [one] environ une heure
   *[other] environ { $n } heures
}

## At work

making-previews = Je prépare des idées au choix
making-previews-of = Je prépare des idées pour { $name }
making-film = Je réalise votre vidéo
making-film-of = Je réalise votre vidéo : { $name }
posting-to = Publication sur { $place }
queued = Vous êtes numéro { $n } dans la file.
starting = C'est bientôt votre tour.
stage-enhance = Préparation de la photo
stage-enhance-of = Préparation de la photo { $done } sur { $total }
stage-write = Écriture du scénario
stage-speak = Enregistrement de la voix
stage-shoot = Composition des plans
stage-shoot-of = Composition du plan { $done } sur { $total }
stage-score = Choix de la musique
stage-cut = Montage et sous-titres
stage-cut-of = Montage, partie { $done } sur { $total }
stage-publish = Envoi de la vidéo
stage-publish-waiting = Vidéo envoyée. La plateforme la traite
idea-stage = Idée { $letter } : { $stage }
time-left = encore { $time }
board = Le storyboard
board-idea = Le storyboard de l'idée { $letter }
stopping = J'arrête…
cancelled = Arrêté.
failed = Je n'ai pas pu la terminer.
failed-disk-full = Il n'y a plus de place ici. L'opérateur doit en libérer.
failed-refused = Le service a refusé cette commande, et son remplaçant aussi.
failed-engine = Un service n'a pas répondu, et son remplaçant n'a pas pu aider. Réessayez plus tard, s'il vous plaît.
failed-photo = L'une des photos n'a finalement pas pu servir. Essayez sans elle.
failed-media = La vidéo n'a pas pu être assemblée. Réessayez, s'il vous plaît.
failed-storage = Il manque un fichier dont j'ai besoin. Renvoyez les photos, s'il vous plaît.
failed-too-long = C'était trop long, alors je l'ai arrêtée. Une vidéo plus courte ou moins de plateformes aideront peut-être.
failed-crashed = Cela a échoué plusieurs fois au même endroit, alors j'ai cessé d'essayer.
failed-bug = Quelque chose d'inattendu s'est produit de mon côté.
ref = Référence : { $id }
daily-limit = C'étaient toutes les vidéos d'aujourd'hui.
limit-resets = Vous pourrez en commander une autre dans { $time }.
order-dropped = Très bien, j'abandonne cette commande. Envoyez des photos quand vous voulez.
nothing-to-cancel = Il n'y a rien en cours que je puisse arrêter.
aside-closed = Très bien, laissons cela.
busy = Je m'occupe déjà de plusieurs de vos demandes. Laissez-moi d'abord les finir.
on-it = Je m'y mets.
already-on-it = J'y suis déjà.

## Ideas and results

previews-ready = { $n ->
    [one] Une idée pour vous :
   *[other] { $n } idées pour vous :
}
preview = { $letter } – { $kind }
preview-hook = « { $text } »
idea-question = commence par une question
idea-contrast = commence par un contraste
idea-number = commence par un chiffre
idea-sensory = commence par une sensation
idea-occasion = commence par un moment
idea-reveal = commence par une révélation
choose-idea = Laquelle dois-je réaliser ?
pick = { $letter }
more-ideas = 🔄 Deux autres idées
film-ready = { $n ->
    [one] Votre vidéo est prête :
   *[other] Votre vidéo est prête, en { $n } formats :
}
film-format = { $platforms } · { $aspect } · { $seconds } s
post-pack = Pour la publier :
post-pack-files = Les sous-titres et l’image de couverture sont joints.
copy-title = Copier le titre
copy-caption = Copier le texte
note-no-voice-for-language = Il n'y a pas encore de voix naturelle dans cette langue ; les sous-titres racontent.
note-robotic-voice = Dans cette langue, je n'ai que la voix robotique.
note-voice-unavailable = La voix n'était pas disponible ; les sous-titres racontent.
note-built-in-engine = Un service externe n'était pas disponible, alors j'ai utilisé celui d'ici.
note-product-changed-shoot = Dans un clip externe, le produit ne ressemblait pas à votre photo : la caméra d'ici a filmé ce plan.
note-product-changed-enhance = Sur une image retouchée, le produit ne ressemblait pas à votre photo : j'ai gardé la photo.
note-check-failed = L'un de mes contrôles de qualité n'est pas tout à fait satisfait. Regardez-la avant de la publier.
note-music = Musique : « { $title } » ({ $licence }).
film-menu = Elle vous plaît ? Vous pouvez la changer autant que vous voulez.
film-menu-more = Seul ce que vous changez est refait.
change-shot = 🔄 Un plan
change-words = ✏️ Texte
change-voice = 🎙 Voix
change-music = 🎵 Autre musique
other-idea = 💡 Autre idée
add-platform = ➕ Plateforme
undo = ↩ Annuler la modification
which-shot = Quel plan dois-je refaire ?
takes-coming = Je compose d'autres versions du plan { $n }…
takes-of = Plan { $n } : A, c'est la version actuelle. Laquelle dois-je prendre ?
takes-none = Je n'ai pas d'autre façon de montrer le plan { $n }.
takes-filming = À partir de B, tout est composé ici et ne coûte rien. « Refilmer » fait filmer ce plan encore une fois par une caméra externe, ce qui est payant.
takes-outdated = Votre vidéo a changé entre-temps, ces versions ne conviennent plus. Choisissez le plan à nouveau, s'il vous plaît.
take = { $letter }
take-seconds = { $letter } · ~{ $n } s
take-minutes = { $letter } · ~{ $n } min
other-takes = 🔄 D'autres versions
film-anew = 🎥 Refilmer (payant)
film-anew-cost = 🎥 Refilmer · environ { $amount } $
which-words = Quel texte changeons-nous ?
which-voice = Qui doit parler ?
which-platform = Où allez-vous encore la publier ?
shot = Plan { $n }
shot-words = { $n }. { $text }
shot-silent = { $n }. (sans texte)
same-already = C'est déjà le cas.
nothing-to-undo = Il n'y a rien à annuler.
ask-words = Que doit dire le plan { $n } ?
ask-headline = Que doit-on lire sur le plan { $n } ?
ask-words-typing = le nouveau texte
headline-instead = Plutôt changer le titre
never-mind = Tant pis
line-too-long = Cela fait { $is_now } caractères. Un plan en accueille { $n } au plus.

## Publier

publish = 📤 Publier
where-to-post = Où dois-je la publier ?
network-youtube = YouTube
network-instagram = Instagram
network-tiktok = TikTok
account-named = { $network }, { $name }
confirm-post = Publier ceci sur { $place } ?
confirm-account = Compte : { $account }
confirm-visibility = Visible par : { $visibility }
confirm-synthetic = Elle sera signalée comme modifiée par IA, car certaines de ses images le sont.
confirm-no-words = TikTok ne prend pas de texte avec la vidéo. Le voici, à coller quand vous terminerez la publication dans l'application :
visibility-public = tout le monde
visibility-unlisted = toute personne qui a le lien
visibility-private = le compte lui-même seulement
visibility-draft = personne pour l'instant ; elle arrive en brouillon dans la boîte de réception TikTok du compte
post-it = Publier sur { $place }
press-to-post = D'autres la verront : appuyez sur le bouton pour la publier, s'il vous plaît.
cannot-publish = On ne peut plus publier d'ici.
posted-already = Je l'ai déjà publiée.
posted-public = Elle est sur { $place }.
posted-unlisted = Elle est sur { $place }. Seules les personnes qui ont le lien la voient.
posted-private = Elle est sur { $place }. Seul le compte lui-même la voit.
posted-draft = Elle attend dans la boîte de réception { $place } du compte. Ouvrez-y l'application, ajoutez le texte et publiez-la.
posted-kept-private = La plateforme la garde privée pour l'instant. L'exploitant peut voir pourquoi dans docs/publishing.md.
open-post = ↗ Ouvrir sur { $place }
not-posted = Elle n'a pas été publiée.
limit-lifted = Cela pourrait remarcher dans { $time }.
failed-login-youtube = YouTube n'accepte plus la connexion de ce bot. L'exploitant doit se reconnecter à la chaîne et définir YOUTUBE_REFRESH_TOKEN.
failed-login-instagram = Instagram n'accepte plus la connexion de ce bot. L'exploitant doit créer un nouveau jeton d'accès et définir INSTAGRAM_ACCESS_TOKEN.
failed-login-tiktok = TikTok n'accepte plus la connexion de ce bot. L'exploitant doit se reconnecter au compte et définir TIKTOK_REFRESH_TOKEN.
failed-rejected-words = La plateforme refuse le titre ou la légende. Changez les mots de la vidéo, puis réessayez.
failed-rejected-file = La plateforme ne peut pas utiliser ce fichier vidéo.
failed-rejected-length = La plateforme dit que la vidéo est trop longue ou trop courte pour ce compte.
failed-rejected-rules = La plateforme dit qu'elle est contraire à ses règles.
failed-rejected-copyright = La plateforme dit que quelqu'un d'autre détient des droits dessus.
failed-rejected-duplicate = La plateforme dit que cette vidéo y est déjà.
failed-rejected-spam = La plateforme la prend pour du spam. Attendez un peu avant d'en publier d'autres.
failed-rejected-account = La plateforme a restreint le compte. Son propriétaire devrait s'y connecter et voir pourquoi.
failed-rejected-other = La plateforme ne l'a pas acceptée et n'a donné aucune raison que je comprenne.
failed-post-limit = Le compte a publié autant qu'il le peut pour l'instant.
failed-post-away = La plateforme est injoignable. Appuyez à nouveau sur Publier plus tard : je reprendrai où cela s'est arrêté, et rien n'est publié deux fois.
failed-post-file = Le fichier vidéo n'est plus là. Faites refaire la vidéo, puis publiez-la.
failed-post-processing = La plateforme a la vidéo et n'en a pas encore fini avec elle. Appuyez à nouveau sur Publier dans un moment et je regarderai ; elle ne sera pas publiée deux fois.
failed-post-unknown = Je l'ai envoyée, mais la réponse s'est perdue et je ne peux pas savoir si elle a été publiée. Regardez sur le compte, s'il vous plaît. Je ne l'enverrai pas une seconde fois.

## History, settings, deleting

films = Vos vidéos :
films-line = { $n }. { $title } ({ $day })
films-typing = un numéro
film-number = ▶ { $n }
no-films = { $days ->
    [0] Je n'ai pas encore fait de vidéo pour vous. Envoyez des photos et nous commençons.
    [one] Je n'ai pas fait de vidéo pour vous depuis un jour. Envoyez des photos et nous commençons.
   *[other] Je n'ai pas fait de vidéo pour vous ces { $days } derniers jours. Envoyez des photos et nous commençons.
}
films-kept = { $days ->
    [one] Chacune est gardée { $days } jour après son dernier usage.
   *[other] Chacune est gardée { $days } jours après son dernier usage.
}
no-such-film = Je n'ai pas ce numéro.
film-gone = { $days ->
    [0] Cette vidéo n'est plus là. Renvoyez les photos et j'en fais une nouvelle.
    [one] Cette vidéo a été supprimée : chacune est gardée { $days } jour après son dernier usage. Ce qui est dans notre conversation y reste ; pour une nouvelle, renvoyez les photos.
   *[other] Cette vidéo a été supprimée : chacune est gardée { $days } jours après son dernier usage. Ce qui est dans notre conversation y reste ; pour une nouvelle, renvoyez les photos.
}
restart-or-continue = { $n ->
    [0] Nous sommes au milieu d'une commande. Continuer ou recommencer ?
    [one] Nous sommes au milieu d'une commande avec { $n } photo. Continuer ou recommencer ?
   *[other] Nous sommes au milieu d'une commande avec { $n } photos. Continuer ou recommencer ?
}
continue = Continuer
start-over = Recommencer
settings = Réglages
settings-language = Je parle : { $language }
settings-handle = Identifiant : { $text }
settings-closing = Phrase de fin : { $text }
settings-colours = Couleurs de la marque : { $text }
settings-logo = Logo : { $text }
settings-sayings = Se prononce ainsi : { $text }
settings-ui-language-button = Langue
settings-handle-button = Identifiant
settings-closing-line-button = Phrase de fin
settings-colours-button = Couleurs
settings-logo-button = Logo
settings-sayings-button = Prononciation
not-set = non défini
set = enregistré
clear = Retirer
ask-ui-language = Dans quelle langue parlons-nous ?
ui-language-unclear = Je parle anglais, allemand, espagnol et français.
language-en = English
language-de = Deutsch
language-es = Español
language-fr = Français
ask-handle = Votre identifiant ou l'adresse de votre boutique, pour le dernier plan de chaque vidéo ?
ask-handle-typing = @nordtisch
ask-closing = Une phrase pour terminer chaque vidéo ?
ask-closing-typing = Fait main à Porto
ask-colours = Les couleurs de votre marque ? Trois au plus, par nom ou par code.
ask-colours-typing = par exemple #1e56c5 et blanc
colours-unclear = Je n'y ai pas reconnu de couleur. Essayez un nom comme « bleu » ou un code comme #1e56c5.
ask-sayings = Un mot est mal prononcé ? Écrivez comment il doit sonner, comme vous l'épelleriez à quelqu'un.
ask-sayings-more = Un par ligne. Les sous-titres gardent votre orthographe. Pour en retirer un, laissez le côté droit vide.
ask-sayings-typing = Nordtisch = Nortiche
sayings-unclear = Il me faut des lignes comme « Nordtisch = Nortiche » : le mot, =, et comment il sonne.
ask-logo = Envoyez-moi votre logo en image.
ask-delete = Cela efface tout ce que j'ai de vous : photos, vidéos, réglages et ce qui est en cours. Je continue ?
ask-delete-surely = C'est irréversible. Vraiment ?
delete = Tout effacer
delete-surely = Oui, tout effacer
keep = Garder
forgotten = Tout est effacé. Envoyez des photos si un jour vous voulez recommencer.

## Qui peut utiliser le bot

by-invitation = Ce bot fonctionne sur invitation. Si vous en avez une, ouvrez son lien ou envoyez /start avec votre code.
you-are-banned = L'opérateur de ce bot vous en a fermé l'accès.
code-unknown = Je ne connais pas cette invitation. Vérifiez le code, s'il vous plaît.
code-used = Cette invitation a déjà servi. Demandez-en une autre, s'il vous plaît.
code-expired = Cette invitation a expiré. Demandez-en une autre, s'il vous plaît.

## Pour l'opérateur

invited = { $n ->
    [one] Une invitation pour une personne, valable un jour :
   *[other] Une invitation pour une personne, valable { $n } jours :
}
invited-by-typing = Dans tout chat, on peut aussi l'écrire : /start { $code }
ban-whom = Dites qui, par exemple : /ban telegram:12345 ou /unban discord:678
ban-operator = On ne peut pas exclure un opérateur.
banned = { $n ->
    [0] { $seller } n'a plus accès. Rien n'était en cours.
    [one] { $seller } n'a plus accès. La vidéo en cours est arrêtée.
   *[other] { $seller } n'a plus accès. { $n } vidéos en cours sont arrêtées.
}
unbanned = { $seller } a de nouveau accès.
not-banned = { $seller } n'était pas exclu.
stats-sellers = { $n ->
    [one] { $n } personne
   *[other] { $n } personnes
}
stats-films = { $n ->
    [one] { $n } vidéo faite
   *[other] { $n } vidéos faites
}
stats-now = En attente : { $waiting }, en cours : { $running }, échouées aujourd'hui : { $failed }
stats-week = Vidéos de chacun des sept derniers jours : { $days }
stats-disk = Disque : { $gigabytes } Go utilisés, { $free } Go libres
stats-kept = { $days ->
    [0] Les vidéos sont gardées pour toujours
    [one] Les vidéos sont gardées { $days } jour après leur dernier usage
   *[other] Les vidéos sont gardées { $days } jours après leur dernier usage
}

## Les messageries qui listent les commandes et décrivent le bot

command-start = Commencer ou continuer
command-new = Commencer une nouvelle vidéo
command-films = Vos vidéos
command-settings = Langue et marque
command-cancel = Arrêter ce qui est en cours
command-help = Comment ça marche
command-delete-me = Supprimer tout ce qui vous concerne
bot-description = Envoyez-moi des photos de votre produit. Je pose quelques questions courtes et j’en fais des vidéos promotionnelles avec voix, sous-titres et musique, prêtes pour TikTok, Reels, Shorts et votre boutique.
bot-short-description = Des photos de produit, des vidéos promo.
