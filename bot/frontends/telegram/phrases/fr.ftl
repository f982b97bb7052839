### What only the Telegram front end says, in French.

somebody-else = C'est la commande de quelqu'un d'autre. Écrivez-moi dans une conversation à vous et nous ferons votre vidéo.
not-ours = Je ne connais pas ce bouton. Utilisez le message le plus récent, s'il vous plaît.
made-smaller = Cette copie est plus petite pour tenir ici : { $size } Mo au lieu de { $full } Mo.
full-quality = ⤓ Pleine qualité (valable { $days } jours)
left-out = { $name } est trop volumineux pour être montré ici ({ $full } Mo).
only-replies = (Dans un groupe, répondez à ce message pour que je le voie.)
