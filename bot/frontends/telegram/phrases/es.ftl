### What only the Telegram front end says, in Spanish.

somebody-else = Eso es de otra persona. Escríbeme en un chat tuyo y hacemos tu vídeo.
not-ours = No conozco ese botón. Usa el mensaje más reciente, por favor.
made-smaller = Esta copia es más pequeña para que quepa aquí: { $size } MB en lugar de { $full } MB.
full-quality = ⤓ Calidad completa (vale { $days } días)
left-out = { $name } es demasiado grande para mostrarse aquí ({ $full } MB).
only-replies = (En un grupo, responde a este mensaje para que lo vea.)
