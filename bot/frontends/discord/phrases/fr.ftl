### Ce qui ne se dit que dans Discord, en français.

write = Écrire
write-title = Votre réponse
write-photos = Photos
choose = Choisir…
choose-several = Choisissez-en autant que vous voulez…
choose-hear = ▶ Écouter une voix
somebody-else = C'est la commande de quelqu'un d'autre. Commencez la vôtre avec /video.
not-ours = Je ne connais pas ce bouton. Prenez le message le plus récent, s'il vous plaît.
go-on-here = On continue ici : { $place }
missing-permissions = Je ne peux pas encore travailler ici. Qui s'occupe de ce serveur doit m'autoriser : { $names }.
direct-messages-closed = Je n'ai pas pu vous écrire. Autorisez les messages privés des applications dans vos réglages de confidentialité, puis réessayez.
no-photos-there = Il n'y a pas de photo dans ce message.
made-smaller = Cette copie est plus petite pour tenir ici : { $size } Mo au lieu de { $full } Mo.
full-quality = Pleine qualité (le lien est valable { $days } jours)
left-out = { $name } est trop volumineux pour être montré ici ({ $full } Mo).
thread-of = Vidéo pour { $name }
command-video = Faire une vidéo à partir de photos d'un produit
command-from-message = En faire une vidéo
option-code = Le code d'une invitation
option-photo = Une photo du produit
option-text = Nom, prix et ce qui le rend bon, avec vos mots
option-tone = L'ambiance voulue
option-voice = Qui doit parler
option-platforms = Où vous la publierez, par exemple TikTok, Reels
