package fulltext

// What walls say, as plain writes it.

// consents are the words of questions about cookies.
var consents = lexiconOf(`
cookie*
consent*
third party
third parties
our partners
ad partners
personal data
legitimate interest
legitimate interests
privacy policy
privacy settings
gdpr
vendors
einwilligung*
datenschutz*
zustimmen
partner
personenbezogene*
données personnelles
partenaires
consentimiento
datos personales
consentimento
dados pessoais
consenso
dati personali
toestemming
persoonsgegevens
zgodę
zgoda
danych osobowych
samtycke
согласие
クッキー
`)

// choices are what their buttons say.
var choices = lexiconOf(`
accept*
agree
reject*
allow
manage
akzeptieren
ablehnen
einverstanden
accepter
refuser
aceptar
rechazar
aceitar
accetta*
rifiuta*
akkoord
accepteren
weigeren
godkänn*
zgadzam
принять
`)

// barriers are what is said where an article ends for those who do not pay.
var barriers = lexiconOf(`
subscribe to continue
subscribe now to continue
subscribe to keep
subscribe to read
subscribe to unlock
subscribe for full access
subscribe for unlimited access
subscribe to get full access
subscribe and keep reading
subscribe and continue reading
subscription is required
subscription required
to continue reading
to keep reading
to read the full article
to read the full story
to read the rest of
to read this article
to read this story
to finish reading
continue reading with a
continue reading this article with
keep reading with a
sign in to read
log in to read
login to read
sign in to continue
log in to continue
login to continue
register to continue
register to read
register to keep reading
already a subscriber
already a member
already have a subscription
for subscribers only
subscribers only
subscriber only
subscriber exclusive
members only
member exclusive
exclusive to subscribers
exclusively for subscribers
exclusively to subscribers
available to subscribers
available only to subscribers
only available to subscribers
for paid subscribers
for paying subscribers
only for paid members
unlock this article
unlock this story
unlock the full
you ve reached your limit
you have reached your limit
you ve reached the limit
you ve reached your article limit
you have reached your article limit
reached your free article limit
reached your limit of free
free articles remaining
free articles left
free article remaining
become a member to
become a subscriber to
weiterlesen mit
jetzt abonnieren
jetzt weiterlesen
um weiterzulesen
nur für abonnenten
exklusiv für abonnenten
nur für abonnentinnen
für abonnentinnen und abonnenten
bereits abonnent
sie sind bereits abonnent
abonnez vous pour
réservé aux abonnés
réservée aux abonnés
la suite est réservée
déjà abonné
suscríbete para
solo para suscriptores
sólo para suscriptores
exclusivo para suscriptores
exclusivo para assinantes
assine para
já é assinante
riservato agli abbonati
contenuto riservato
sei già abbonato
abbonati per
alleen voor abonnees
exclusief voor abonnees
word abonnee
endast för prenumeranter
redan prenumerant
tylko dla subskrybentów
dla prenumeratorów
только для подписчиков
оформите подписку
有料会員
会員限定
订阅后
구독자 전용
`)

// gates are what a page says that wants scripts, or time to look at its reader.
var gates = lexiconOf(`
enable javascript
enable java script
enable your javascript
turn on javascript
activate javascript
requires javascript
need to enable javascript
needs javascript
without javascript
javascript is disabled
javascript is required
javascript to be enabled
javascript must be enabled
javascript is not
javascript enabled
javascript aktivieren
javascript ist deaktiviert
activer javascript
activer le javascript
activez javascript
habilita javascript
habilite javascript
habilitar javascript
active javascript
abilita javascript
abilitare javascript
schakel javascript in
включите javascript
checking your browser
checking if the site
verify you are human
verify you are a human
verify that you are human
verifying you are human
just a moment
are you a robot
you are not a robot
unusual traffic
unusual activity
enable cookies
access denied
access to this page has been denied
press and hold
press hold
ddos protection
pardon our interruption
browser is not supported
browser is out of date
unsupported browser
javascriptを有効
启用javascript
자바스크립트를
`)
