### What FRAME says in Spanish. Short, warm, plain. Words a seller typed appear exactly as they are.

gap = {""}
verbatim = { $text }

## Welcome and help

welcome = ¡Hola! Convierto fotos de producto en vídeos promocionales cortos.
welcome-more = Envíame de 1 a 10 fotos de un producto. Te haré unas preguntas rápidas, te enseñaré dos ideas y haré la que más te guste.
help = Envía fotos de un producto, responde lo que quieras y salta el resto. Puedes escribir en vez de pulsar botones y cambiar lo que sea antes de empezar. Debajo de un vídeo terminado puedes cambiar un plano, el texto, la voz o la música.
help-commands = /new – un vídeo nuevo
    /films – lo que he hecho para ti, listo para volver a enviarlo
    /settings – idioma y tu marca
    /cancel – parar lo que esté en marcha
    /delete_me – borrar todo lo que sé de ti
    /help – esta lista
unknown-command = No conozco ese comando. /help muestra lo que sé hacer.
photo-please = Solo puedo trabajar con fotos y texto. Envíame una foto del producto, por favor.
voice-unheard = Todavía no puedo escuchar mensajes de voz. Escríbelo, por favor, como quieras.
only-photos = Solo puedo trabajar con fotos y texto, así que lo dejo aparte.
edit-unread = Leo los mensajes cuando llegan, no lo que se cambia después. Escríbelo otra vez, por favor.
upload-instead = No abro enlaces. Sube la foto directamente, por favor.
hint-first = Envíame de 1 a 10 fotos de un producto y empezamos. /help muestra lo que sé hacer.
hint-rest = Envíame fotos de un producto y empezamos. /films muestra lo que ya he hecho.
hint-making = Sigo trabajando; lo verás aquí en cuanto esté. Si envías fotos nuevas, empezamos otro vídeo.
hint-film = Para cambiar tu vídeo, pulsa los botones que tiene debajo. Con fotos nuevas empieza otro; /films los muestra todos.
hint-ideas = Pulsa la letra de la idea que quieres que haga, o 🔄 para ver otras. Con fotos nuevas empieza otro vídeo.
youre-welcome = De nada.
cost-answer = Antes de hacer nada verás cuánto tarda y, si se sabe, cuánto cuesta. Nada empieza sin tu permiso.
question-answer = A eso no sé responder. /help muestra lo que puedo hacer.
noted = Anotado. { $what }
no-words-in-that = Ahí no he encontrado palabras. ¿Me lo escribes otra vez?
stale = Ese botón es de antes. Usa el mensaje más reciente, por favor.
stale-film = Más abajo hay una versión más nueva de este vídeo. En /films están todas.
stale-forgotten = { $days ->
    [0] Ese botón es de una conversación que ya no tengo. Envía fotos y empezamos de nuevo.
    [one] Ese botón es de una conversación que ya no guardo: lo que no se usa durante { $days } día se borra. Vuelve a enviar las fotos y empezamos de nuevo.
   *[other] Ese botón es de una conversación que ya no guardo: lo que no se usa durante { $days } días se borra. Vuelve a enviar las fotos y empezamos de nuevo.
}
film-out-of-reach = { $days ->
    [0] Estos botones son demasiado antiguos. /films muestra el vídeo otra vez, con botones nuevos.
    [one] Estos botones son demasiado antiguos. Mira en /films; si el vídeo no está, se borró tras { $days } día sin usarse: vuelve a enviar las fotos.
   *[other] Estos botones son demasiado antiguos. Mira en /films; si el vídeo no está, se borró tras { $days } días sin usarse: vuelve a enviar las fotos.
}
already-over = Eso ya ha terminado.
went-wrong = Algo ha fallado por mi parte. Inténtalo otra vez, por favor. (Referencia { $reference })
out-of-space = Me he quedado sin espacio y no he podido guardarlo. El operador tiene que hacer sitio. (Referencia { $reference })
file-gone = (El archivo ya no está.)

## Photos

photos-count = { $n ->
    [0] Aún no hay fotos.
    [one] { $n } foto.
   *[other] { $n } fotos.
}
photos-wanted = Envíame de 1 a 10 fotos de tu producto.
photos-more = Envía más, escribe qué es o sigue adelante.
photos-typing = qué es, con tus palabras
photos-done = Ya están todas, seguir
photos-enough = Uso las primeras { $n } fotos.
photo-known = Esa foto ya la tengo.
photo-first = Antes necesito al menos una foto.
photo-blurred = { $n ->
    [one] La foto { $which } está algo borrosa. Una más nítida quedaría mejor.
   *[other] Las fotos { $which } están algo borrosas. Otras más nítidas quedarían mejor.
}
photo-dark = { $n ->
    [one] La foto { $which } está bastante oscura. Más luz ayudaría.
   *[other] Las fotos { $which } están bastante oscuras. Más luz ayudaría.
}
photo-low-resolution = { $n ->
    [one] La foto { $which } es pequeña. La mostraré sobre un fondo diseñado para que se vea nítida.
   *[other] Las fotos { $which } son pequeñas. Las mostraré sobre un fondo diseñado para que se vean nítidas.
}
photo-first-frame = { $n ->
    [one] La foto { $which } es animada; uso el primer fotograma.
   *[other] Las fotos { $which } son animadas; uso el primer fotograma de cada una.
}
photo-blank = { $n ->
    [one] No veo ningún producto en esa foto. ¿La uso igualmente?
   *[other] No veo ningún producto en { $n } de estas fotos. ¿Las uso igualmente?
}
use-anyway = Usar
leave-out = Dejar fuera
leave-out-photo = ✕ Foto { $n }
bad-photo-empty = { $n ->
    [one] Un archivo está vacío. Envíalo otra vez, por favor.
   *[other] { $n } archivos están vacíos. Envíalos otra vez, por favor.
}
bad-photo-damaged = { $n ->
    [one] Una foto ha llegado dañada. Envíala otra vez, por favor.
   *[other] { $n } fotos han llegado dañadas. Envíalas otra vez, por favor.
}
bad-photo-not-a-photo = { $n ->
    [one] Un archivo no es una foto que pueda leer. Sirven JPEG, PNG, WebP, HEIC y AVIF.
   *[other] { $n } archivos no son fotos que pueda leer. Sirven JPEG, PNG, WebP, HEIC y AVIF.
}
bad-photo-too-large = { $n ->
    [one] Una foto es demasiado grande: como mucho 20 MB y 40 megapíxeles, por favor.
   *[other] { $n } fotos son demasiado grandes: como mucho 20 MB y 40 megapíxeles, por favor.
}
bad-photo-too-small = { $n ->
    [one] Una foto es demasiado pequeña. Debería tener al menos 400 píxeles de ancho.
   *[other] { $n } fotos son demasiado pequeñas. Deberían tener al menos 400 píxeles de ancho.
}
bad-photo-too-narrow = { $n ->
    [one] Una imagen es demasiado estrecha para un vídeo.
   *[other] { $n } imágenes son demasiado estrechas para un vídeo.
}
noted-now-photos = Anotado. Ahora faltan las fotos.
same-style = ✨ El mismo estilo que la última vez

## The order

back = ◀ Atrás
skip = Saltar
to-review = Resumen ⏩
close = Cerrar
cancel = Cancelar
now = Ahora: { $text }
ask-product = ¿Qué es?
ask-product-more = Nombre, precio y qué lo hace especial, con tus palabras.
ask-product-typing = Taza Nordtisch, negro mate, 39,90 €, apta para lavavajillas
text-shortened = Es mucho texto. Me he quedado con los primeros { $n } caracteres.
ask-check = Esto es lo que he entendido:
ask-check-typing = o cuéntamelo otra vez
points-added = Lo he añadido a las ventajas. Si es el nombre o el precio, púlsalo.
check-wrong = ¿Qué está mal? Pulsa Nombre, Precio o Ventajas, o cuéntamelo otra vez con tus palabras.
that-is-right = Correcto
fix-name = Nombre
fix-price = Precio
fix-points = Ventajas
fix-photos = Fotos
fix-language = Idioma
fix-tone = Estilo
fix-voice = Voz
fix-platforms = Plataformas
fix-length = Duración
ask-name = ¿Cómo se llama?
ask-name-typing = el nombre del producto
ask-price = ¿Cuánto cuesta?
ask-price-typing = por ejemplo 39,90 €
no-price = Sin precio
price-unclear = Ahí no veo un precio. Algo como «39,90 €» me sirve.
currency-unknown = Tomo el precio como { $price }, sin moneda. Si lleva una, escríbela con el precio: { $price } € o ${ $price }.
ask-points = ¿Qué conviene saber de él?
ask-points-typing = negro mate, apta para lavavajillas, hecha en Oporto
ask-language = ¿En qué idioma hablará el vídeo?
ask-language-more = Es el idioma de la voz y los subtítulos. Puedes escribir cualquier otro.
ask-language-typing = un idioma
language-name = { $language }
language-unclear = No conozco ese idioma. Prueba con su nombre o con un código como «fr».
ask-tone = ¿Qué sensación debe dar?
ask-tone-typing = o cualquier palabra, como «acogedor»
tone-playful = Juguetón
tone-luxury = Lujo
tone-bold = Atrevido
tone-calm = Tranquilo
tone-warm = Cálido
tone-street = Urbano
tone-playful-more = Juguetón – saltarín, colorido, alegre
tone-luxury-more = Lujo – lento, oscuro, elegante
tone-bold-more = Atrevido – letras grandes, cortes rápidos
tone-calm-more = Tranquilo – sereno, con mucho aire
tone-warm-more = Cálido – luz suave, como en casa
tone-street-more = Urbano – crudo, callejero, rápido
tone-nearest = «{ $word }»: para eso uso { $tone }.
tone-unknown = No sé bien cómo es «{ $word }», así que empiezo con { $tone }.
ask-voice = ¿Quién habla?
ask-voice-hear = Con ▶ oyes a una voz decir tu propia primera frase.
ask-voice-typing = un nombre o «ninguna»
no-voice-for = Aún no tengo una voz natural en { $language }; este vídeo se cuenta con subtítulos y música.
voice-auto = Elige tú
voice-mine = la elijo yo
voice-none = Sin voz, solo subtítulos
voice-robot = Voz robótica
voice-named = { $name } ({ $character })
voice-warm = cálida
voice-bright = luminosa
voice-calm = tranquila
voice-deep = grave
voice-lively = animada
voice-clear = clara
voice-robotic = robótica
voice-unclear = No tengo esa voz. Elige una de estas o escribe «ninguna».
hear = ▶
hear-soon = Un momento, la estoy grabando.
hear-needs-words = Dime antes qué es el producto, para que haya algo que decir.
sample-title = Tu primera frase
sample-by = Tu primera frase: { $voice }
no-sample = Esa voz aún no tiene nada que decir. Basta un nombre o unas palabras sobre el producto.
ask-platforms = ¿Dónde lo vas a publicar?
ask-platforms-more = Elige todas las que quieras; cada una tiene su propio formato.
ask-platforms-skipped = Si te lo saltas, será para TikTok.
ask-platforms-typing = por ejemplo «TikTok y YouTube»
platforms-done = Listo
platforms-unclear = No he reconocido ninguna plataforma. ¿TikTok, Reels, Shorts, Stories, feed de Instagram, cuadrado o YouTube?
platform-first = Elige al menos una plataforma.
platform-tiktok = TikTok
platform-instagram_reels = Reels
platform-youtube_shorts = Shorts
platform-stories = Stories
platform-instagram_feed = Feed de Instagram
platform-square_feed = Feed cuadrado
platform-youtube = YouTube
platform-button = { $platform } { $aspect }
ask-length = ¿Cuánto debe durar?
ask-length-typing = 6, 15 o 30
seconds = { $n } s
length-unclear = ¿6, 15 o 30 segundos?
length-nearest = Lo haré de { $n } segundos, lo más parecido que ofrezco.

## Summary

review = Este es el plan. ¿Cambiamos algo?
review-typing = «vale» para empezar
review-hint = Pulsa un botón para cambiar algo o escribe «vale» y empiezo.
review-photos = Fotos: { $n }
review-name = Nombre: { $text }
review-no-name = Nombre: –
review-price = Precio: { $text }
review-no-price = Precio: –
review-points = { $n ->
    [one] Ventaja: { $text }
   *[other] Ventajas: { $text }
}
review-no-points = Ventajas: –
review-language = Idioma: { $language }
review-tone = Estilo: { $tone }
review-voice = Voz: { $voice }
review-platforms = Para: { $platforms }
review-length = Duración: { $n } segundos
review-brand = Marca: { $handle }
review-time = Dos vistas previas tardan { $time }.
review-free = No cuesta nada: todo se hace aquí.
review-cost = Cuesta unos { $amount } dólares.
make = 🎬 Hacer mi vídeo
about-seconds = unos { $n } segundos
about-minutes = { $n ->
    [one] un minuto más o menos
   *[other] unos { $n } minutos
}
about-hours = { $n ->
    [one] una hora más o menos
   *[other] unas { $n } horas
}

## At work

making-previews = Preparo ideas para que elijas
making-previews-of = Preparo ideas para { $name }
making-film = Hago tu vídeo
making-film-of = Hago tu vídeo: { $name }
posting-to = Publicando en { $place }
queued = Tienes el número { $n } en la cola.
starting = Ahora te toca a ti.
stage-enhance = Preparo la foto
stage-enhance-of = Preparo la foto { $done } de { $total }
stage-write = Escribo el guion
stage-speak = Grabo la voz
stage-shoot = Compongo los planos
stage-shoot-of = Compongo el plano { $done } de { $total }
stage-score = Elijo la música
stage-cut = Monto y subtitulo
stage-cut-of = Monto, parte { $done } de { $total }
stage-publish = Subiendo
stage-publish-waiting = Subido. La plataforma lo está procesando
idea-stage = Idea { $letter }: { $stage }
time-left = quedan { $time }
board = El storyboard
board-idea = El storyboard de la idea { $letter }
stopping = Parando…
cancelled = Parado.
failed = No he podido terminarlo.
failed-disk-full = Aquí no queda espacio. El operador tiene que hacer sitio.
failed-refused = El servicio ha rechazado el encargo, y su suplente también.
failed-engine = Un servicio no ha respondido y su suplente tampoco ha podido ayudar. Inténtalo más tarde, por favor.
failed-photo = Al final una de las fotos no se ha podido usar. Prueba sin ella.
failed-media = No se ha podido montar el vídeo. Inténtalo otra vez, por favor.
failed-storage = Falta un archivo que necesito. Envía las fotos otra vez, por favor.
failed-too-long = Tardaba demasiado y lo he parado. Quizá ayude un vídeo más corto o menos plataformas.
failed-crashed = Ha fallado varias veces en el mismo punto, así que he dejado de intentarlo.
failed-bug = Ha pasado algo inesperado por mi parte.
ref = Referencia: { $id }
daily-limit = Esos eran todos los vídeos de hoy.
limit-resets = Podrás pedir otro en { $time }.
order-dropped = De acuerdo, descarto este encargo. Envía fotos cuando quieras.
nothing-to-cancel = No hay nada en marcha que pueda parar.
aside-closed = De acuerdo, lo dejamos.
busy = Estoy con varios de tus encargos. Déjame terminarlos primero.
on-it = En ello.
already-on-it = Ya estoy en ello.

## Ideas and results

previews-ready = { $n ->
    [one] Una idea para ti:
   *[other] { $n } ideas para ti:
}
preview = { $letter } – { $kind }
preview-hook = «{ $text }»
idea-question = empieza con una pregunta
idea-contrast = empieza con un contraste
idea-number = empieza con un número
idea-sensory = empieza con una sensación
idea-occasion = empieza con un momento
idea-reveal = empieza con una revelación
choose-idea = ¿Cuál hago?
pick = { $letter }
more-ideas = 🔄 Otras dos ideas
film-ready = { $n ->
    [one] Tu vídeo está listo:
   *[other] Tu vídeo está listo, en { $n } formatos:
}
film-format = { $platforms } · { $aspect } · { $seconds } s
post-pack = Para publicarlo:
post-pack-files = Van adjuntos los subtítulos y la portada.
copy-title = Copiar título
copy-caption = Copiar texto
note-no-voice-for-language = Aún no hay una voz natural en este idioma; lo cuentan los subtítulos.
note-robotic-voice = En este idioma solo tengo la voz robótica.
note-voice-unavailable = La voz no estaba disponible; lo cuentan los subtítulos.
note-built-in-engine = Un servicio externo no estaba disponible, así que he usado el propio.
note-product-changed-shoot = En un clip externo el producto se veía distinto que en tu foto, así que esa toma la ha rodado la cámara propia.
note-product-changed-enhance = En una imagen retocada el producto se veía distinto que en tu foto, así que me he quedado con la foto.
note-check-failed = Una de mis comprobaciones de calidad no se ha cumplido del todo. Échale un vistazo antes de publicarlo.
note-music = Música: «{ $title }» ({ $licence }).
film-menu = ¿Te gusta? Puedes cambiarlo cuantas veces quieras.
film-menu-more = Solo se rehace lo que cambias.
change-shot = 🔄 Un plano
change-words = ✏️ Texto
change-voice = 🎙 Voz
change-music = 🎵 Otra música
other-idea = 💡 Otra idea
add-platform = ➕ Plataforma
undo = ↩ Deshacer
which-shot = ¿Qué plano repito?
takes-coming = Estoy componiendo otras versiones del plano { $n }…
takes-of = Plano { $n }: A es como está ahora. ¿Cuál pongo?
takes-none = No tengo otra forma de mostrar el plano { $n }.
takes-filming = De B en adelante se compone aquí y no cuesta nada. «Filmar de nuevo» hace que una cámara externa filme este plano otra vez, y eso se paga.
takes-outdated = Tu vídeo ha cambiado entretanto y esas versiones ya no encajan. Elige el plano otra vez, por favor.
take = { $letter }
take-seconds = { $letter } · ~{ $n } s
take-minutes = { $letter } · ~{ $n } min
other-takes = 🔄 Otras versiones
film-anew = 🎥 Filmar de nuevo (de pago)
film-anew-cost = 🎥 Filmar de nuevo · unos { $amount } $
which-words = ¿Qué texto cambiamos?
which-voice = ¿Quién habla?
which-platform = ¿Dónde más lo vas a publicar?
shot = Plano { $n }
shot-words = { $n }. { $text }
shot-silent = { $n }. (sin texto)
same-already = Ya está así.
nothing-to-undo = No hay nada que deshacer.
ask-words = ¿Qué debe decir el plano { $n }?
ask-headline = ¿Qué debe poner en el plano { $n }?
ask-words-typing = el texto nuevo
headline-instead = Mejor cambiar el título
never-mind = Déjalo
line-too-long = Son { $is_now } caracteres. En un plano caben hasta { $n }.

## Publicar

publish = 📤 Publicar
where-to-post = ¿Dónde lo publico?
network-youtube = YouTube
network-instagram = Instagram
network-tiktok = TikTok
account-named = { $network }, { $name }
confirm-post = ¿Publico esto en { $place }?
confirm-account = Cuenta: { $account }
confirm-visibility = Quién lo ve: { $visibility }
confirm-synthetic = Se marcará como modificado con IA, porque algunas de sus imágenes lo están.
confirm-no-words = TikTok no admite el texto junto con el vídeo. Aquí lo tienes para pegarlo cuando termines la publicación en la app:
visibility-public = todo el mundo
visibility-unlisted = quien tenga el enlace
visibility-private = solo la propia cuenta
visibility-draft = nadie todavía; llega como borrador a la bandeja de TikTok de la cuenta
post-it = Publicar en { $place }
press-to-post = Esto lo verán otras personas, así que pulsa el botón para publicarlo, por favor.
cannot-publish = Ya no se puede publicar desde aquí.
posted-already = Eso ya lo he publicado.
posted-public = Está en { $place }.
posted-unlisted = Está en { $place }. Solo lo ve quien tenga el enlace.
posted-private = Está en { $place }. Solo lo ve la propia cuenta.
posted-draft = Espera en la bandeja de { $place } de la cuenta. Abre allí la app, añade el texto y publícalo.
posted-kept-private = De momento la plataforma lo mantiene privado. El operador puede ver por qué en docs/publishing.md.
open-post = ↗ Abrir en { $place }
not-posted = No se ha publicado.
limit-lifted = Puede que vuelva a funcionar en { $time }.
failed-login-youtube = YouTube ya no acepta la sesión de este bot. El operador tiene que iniciar sesión de nuevo en el canal y poner YOUTUBE_REFRESH_TOKEN.
failed-login-instagram = Instagram ya no acepta la sesión de este bot. El operador tiene que crear una nueva clave de acceso y poner INSTAGRAM_ACCESS_TOKEN.
failed-login-tiktok = TikTok ya no acepta la sesión de este bot. El operador tiene que iniciar sesión de nuevo en la cuenta y poner TIKTOK_REFRESH_TOKEN.
failed-rejected-words = La plataforma rechaza el título o el texto. Cambia las palabras del vídeo y prueba otra vez.
failed-rejected-file = La plataforma no puede usar este archivo de vídeo.
failed-rejected-length = La plataforma dice que el vídeo es demasiado largo o demasiado corto para esta cuenta.
failed-rejected-rules = La plataforma dice que va contra sus normas.
failed-rejected-copyright = La plataforma dice que otra persona tiene derechos sobre él.
failed-rejected-duplicate = La plataforma dice que este vídeo ya está allí.
failed-rejected-spam = La plataforma lo toma por spam. Espera un tiempo antes de publicar más.
failed-rejected-account = La plataforma ha restringido la cuenta. Su dueño debería iniciar sesión allí y ver por qué.
failed-rejected-other = La plataforma no lo ha aceptado y no ha dado ninguna razón que yo entienda.
failed-post-limit = La cuenta ha publicado por ahora todo lo que puede.
failed-post-away = No se puede contactar con la plataforma. Pulsa Publicar más tarde: sigo donde se quedó y nada se publica dos veces.
failed-post-file = El archivo del vídeo ya no está. Pide que se haga otra vez y publícalo después.
failed-post-processing = La plataforma tiene el vídeo y aún no ha terminado con él. Pulsa Publicar dentro de un rato y lo miro; no se publicará dos veces.
failed-post-unknown = Lo he enviado, pero se perdió la respuesta y no puedo averiguar si se publicó. Mira en la cuenta, por favor. No lo enviaré otra vez.

## History, settings, deleting

films = Tus vídeos:
films-line = { $n }. { $title } ({ $day })
films-typing = un número
film-number = ▶ { $n }
no-films = { $days ->
    [0] Aún no he hecho ningún vídeo para ti. Envía fotos y empezamos.
    [one] No he hecho ningún vídeo para ti en el último día. Envía fotos y empezamos.
   *[other] No he hecho ningún vídeo para ti en los últimos { $days } días. Envía fotos y empezamos.
}
films-kept = { $days ->
    [one] Guardo cada uno { $days } día desde su último uso.
   *[other] Guardo cada uno { $days } días desde su último uso.
}
no-such-film = No tengo ese número.
film-gone = { $days ->
    [0] Ese vídeo ya no está. Vuelve a enviar las fotos y hago otro.
    [one] Ese vídeo se borró: guardo cada uno { $days } día desde su último uso. Lo que está en nuestro chat se queda; para hacer otro, vuelve a enviar las fotos.
   *[other] Ese vídeo se borró: guardo cada uno { $days } días desde su último uso. Lo que está en nuestro chat se queda; para hacer otro, vuelve a enviar las fotos.
}
restart-or-continue = { $n ->
    [0] Estamos en medio de un encargo. ¿Seguimos o empezamos de nuevo?
    [one] Estamos en medio de un encargo con { $n } foto. ¿Seguimos o empezamos de nuevo?
   *[other] Estamos en medio de un encargo con { $n } fotos. ¿Seguimos o empezamos de nuevo?
}
continue = Seguir
start-over = Empezar de nuevo
settings = Ajustes
settings-language = Hablo: { $language }
settings-handle = Usuario: { $text }
settings-closing = Frase final: { $text }
settings-colours = Colores de marca: { $text }
settings-logo = Logo: { $text }
settings-sayings = Se pronuncia así: { $text }
settings-ui-language-button = Idioma
settings-handle-button = Usuario
settings-closing-line-button = Frase final
settings-colours-button = Colores
settings-logo-button = Logo
settings-sayings-button = Pronunciación
not-set = sin definir
set = guardado
clear = Quitar
ask-ui-language = ¿En qué idioma hablamos?
ui-language-unclear = Hablo inglés, alemán, español y francés.
language-en = English
language-de = Deutsch
language-es = Español
language-fr = Français
ask-handle = ¿Tu usuario o la dirección de tu tienda, para el último plano de cada vídeo?
ask-handle-typing = @nordtisch
ask-closing = ¿Una frase con la que termine cada vídeo?
ask-closing-typing = Hecho a mano en Oporto
ask-colours = ¿Los colores de tu marca? Hasta tres, por nombre o código.
ask-colours-typing = por ejemplo #1e56c5 y blanco
colours-unclear = No he reconocido ningún color. Prueba con un nombre como «azul» o un código como #1e56c5.
ask-sayings = ¿Se pronuncia mal alguna palabra? Escribe cómo debe sonar, tal como se la deletrearías a alguien.
ask-sayings-more = Una por línea. Los subtítulos conservan tu ortografía. Para quitar una, deja vacío el lado derecho.
ask-sayings-typing = Nordtisch = Nórtich
sayings-unclear = Necesito líneas como «Nordtisch = Nórtich»: la palabra, = y cómo suena.
ask-logo = Envíame tu logo como imagen.
ask-delete = Esto borra todo lo que tengo de ti: fotos, vídeos, ajustes y lo que esté en marcha. ¿Sigo?
ask-delete-surely = No se puede deshacer. ¿Seguro?
delete = Borrar todo
delete-surely = Sí, borrarlo todo
keep = Conservar
forgotten = Todo está borrado. Envía fotos si algún día quieres volver a empezar.

## Quién puede usar el bot

by-invitation = Este bot funciona por invitación. Si tienes una, abre su enlace o envía /start con tu código.
you-are-banned = El operador de este bot te ha retirado el acceso.
code-unknown = No conozco esa invitación. Comprueba el código, por favor.
code-used = Esa invitación ya se ha usado. Pide otra, por favor.
code-expired = Esa invitación ha caducado. Pide otra, por favor.

## Para el operador

invited = { $n ->
    [one] Una invitación para una persona, válida un día:
   *[other] Una invitación para una persona, válida { $n } días:
}
invited-by-typing = En cualquier chat se puede escribir: /start { $code }
ban-whom = Di a quién, por ejemplo: /ban telegram:12345 o /unban discord:678
ban-operator = No se puede bloquear a un operador.
banned = { $n ->
    [0] { $seller } queda sin acceso. No había nada en marcha.
    [one] { $seller } queda sin acceso. He parado un vídeo en marcha.
   *[other] { $seller } queda sin acceso. He parado { $n } vídeos en marcha.
}
unbanned = { $seller } vuelve a tener acceso.
not-banned = { $seller } no estaba sin acceso.
stats-sellers = { $n ->
    [one] { $n } persona
   *[other] { $n } personas
}
stats-films = { $n ->
    [one] { $n } vídeo hecho
   *[other] { $n } vídeos hechos
}
stats-now = En espera: { $waiting }, en marcha: { $running }, fallidos hoy: { $failed }
stats-week = Vídeos en cada uno de los últimos siete días: { $days }
stats-disk = Disco: { $gigabytes } GB usados, { $free } GB libres
stats-kept = { $days ->
    [0] Los vídeos se guardan para siempre
    [one] Los vídeos se guardan { $days } día desde su último uso
   *[other] Los vídeos se guardan { $days } días desde su último uso
}

## Chats que muestran los comandos y describen el bot

command-start = Empezar o seguir
command-new = Empezar un vídeo nuevo
command-films = Tus vídeos
command-settings = Idioma y marca
command-cancel = Parar lo que está en marcha
command-help = Cómo funciona
command-delete-me = Borrar todo lo tuyo
bot-description = Mándame fotos de tu producto. Te haré unas preguntas cortas y haré vídeos promocionales con voz, subtítulos y música, listos para TikTok, Reels, Shorts y tu tienda.
bot-short-description = Entran fotos de producto, salen vídeos.
