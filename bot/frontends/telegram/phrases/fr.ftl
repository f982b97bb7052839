### What only the Telegram front end says, in French.

somebody-else = Ceci est à quelqu'un d'autre. Écris-moi dans ta propre conversation pour faire ta vidéo.
not-ours = Je ne connais pas ce bouton. Utilise le message le plus récent, s'il te plaît.
made-smaller = Cette copie est plus petite pour tenir ici : { $size } Mo au lieu de { $full } Mo.
full-quality = ⤓ Pleine qualité (valable { $days } jours)
left-out = { $name } est trop volumineux pour être montré ici ({ $full } Mo).
