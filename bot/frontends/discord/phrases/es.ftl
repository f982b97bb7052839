### Lo que solo se dice en Discord, en español.

write = Escribir
write-title = Tu respuesta
write-photos = Fotos
choose = Elegir…
choose-several = Elige tantas como quieras…
choose-hear = ▶ Escuchar una voz
somebody-else = Eso es de otra persona. Empieza el tuyo con /video.
not-ours = No conozco ese botón. Usa el mensaje más reciente, por favor.
go-on-here = Seguimos aquí: { $place }
missing-permissions = Aquí todavía no puedo trabajar. Quien lleva este servidor tiene que permitirme: { $names }.
direct-messages-closed = No he podido escribirte. Permite los mensajes directos de aplicaciones en tus ajustes de privacidad y vuelve a intentarlo.
no-photos-there = En ese mensaje no hay ninguna foto.
made-smaller = Esta copia es más pequeña para que quepa aquí: { $size } MB en lugar de { $full } MB.
full-quality = Calidad completa (el enlace vale { $days } días)
left-out = { $name } es demasiado grande para mostrarse aquí ({ $full } MB).
thread-of = Vídeo para { $name }
command-video = Hacer un vídeo con fotos de un producto
command-from-message = Hacer un vídeo con esto
option-code = El código de una invitación
option-photo = Una foto del producto
option-text = Nombre, precio y lo que lo hace bueno, con tus palabras
option-tone = Qué debe transmitir
option-voice = Quién debe hablar
option-platforms = Dónde lo publicarás, por ejemplo TikTok, Reels
