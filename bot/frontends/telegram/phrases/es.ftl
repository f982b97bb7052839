### What only the Telegram front end says, in Spanish.

somebody-else = Eso es de otra persona. Escríbeme en un chat tuyo y hacemos tu vídeo.
not-ours = No conozco ese botón. Usa el mensaje más reciente, por favor.
made-smaller = Esta copia es un poco más pequeña, para que quepa aquí.
