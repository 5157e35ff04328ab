package fulltext

import "strings"

// The phrases of furniture, in the languages that feeds are most often in, as
// plain writes them: lower case, without signs ("don't" is "don t").

// labels stand on a line of their own between paragraphs and are none.
var labels = lexiconOf(`
advertisement
advertising
ad
story continues below advertisement
article continues below advertisement
article continues after advertisement
continue reading below
continue reading the main story
continue reading
sponsored
promoted
read more
read also
also read
see also
more
more stories
related
related articles
related stories
related posts
related content
related topics
recommended
recommended stories
recent articles
popular this week
most popular
most read
trending
trending now
latest news
you may also like
you might also like
you may also be interested in
don t miss
up next
share
share this
share this article
share this story
share on facebook
share on twitter
share this on whatsapp
tweet
print
email
comments
comment
leave a comment
post comment
post a comment
view comments
0 comments
no comments
tags
topics
filed under
sign up
subscribe
subscribe now
log in
sign in
newsletter
follow us
play video
copy link
link copied
back to top
loading
something went wrong
breaking news
listen to this article
anzeige
werbung
lesen sie auch
mehr zum thema
weiterlesen
mehr lesen
auch interessant
teilen
kommentare
newsletter abonnieren
publicité
lire aussi
à lire aussi
lire la suite
partager
commentaires
sur le même sujet
publicidad
lea también
lee también
leer más
te puede interesar
compartir
comentarios
noticias relacionadas
publicidade
leia também
leia mais
veja também
compartilhe
comentários
continua após a publicidade
pubblicità
leggi anche
leggi di più
condividi
commenti
advertentie
lees ook
lees meer
delen
reacties
annons
läs också
läs mer
dela
reklama
czytaj także
czytaj też
zobacz też
reklam
devamını oku
реклама
читайте также
читать далее
смотрите также
поделиться
комментарии
читайте також
広告
続きを読む
関連記事
シェアする
コメント
广告
相关阅读
相关新闻
阅读更多
分享
评论
광고
관련기사
공유
댓글
`)

// pointers begin the text of links that lead on from an article.
var pointers = lexiconOf(`
read more
read also
read next
read the full
read on
also read
see also
see more
more on
more from
more about
more stories
related
continue reading
click here
watch now
watch more
view more
view all
view gallery
download the
download our
sign up
subscribe
follow
share
tweet
mehr zum
mehr lesen
lesen sie
lire aussi
lire la suite
lee también
lee más
leer más
lea también
leia também
leia mais
leggi anche
lees ook
lees meer
läs också
läs mer
czytaj
zobacz
читайте
читать
`)

// farewells begin the lines that stand under the last sentence of an article.
var farewells = lexiconOf(`
follow us
follow him
follow her
follow me
follow them
have a tip
got a tip
have a news tip
got a news tip
have a story
got a story
have a question
have any questions
sign up
subscribe
click here
to subscribe
to comment
to contact
to reach
get the latest
get the best
get our
get more
get all
join us
join our
like us
download the
download our
contact the
contact us
email us
email him
email her
e mail us
email the author
send us
send your
send tips
write to
reach him
reach her
reach out
for more
read more
also read
more on
more from
related
via
photo credit
photo credits
image credit
image source
tags
filed under
category
categories
topics
labels
copyright
all rights reserved
first published
last updated
last modified
posted on
posted in
posted by
published on
published in
originally published
the post
editor s note
disclaimer
disclosure
support us
support our
if you like
if you liked
if you enjoyed
what do you think
let us know
leave a comment
share this
share your
thanks for reading
reported by
reporting by
additional reporting
written by
edited by
editing by
compiled by
translated by
this article was originally
this story was originally
this post was originally
this article was first
this story was first
this article first appeared
this story first appeared
this article originally appeared
this story originally appeared
this post may contain
folgen sie
abonnieren
quelle
mit material
lesen sie auch
suivez
abonnez
lire aussi
síguenos
suscríbete
fuente
lea también
siga nos
assine
fonte
leia também
leggi anche
lees ook
bron
подписывайтесь
источник
читайте также
出典
来源
`)

// notices are what such lines hold, wherever in them.
var notices = lexiconOf(`
contributed reporting
contributed research
contributed to this report
contributed to this story
contributed to this article
contributed to this post
contributed to this piece
contributed from
can be reached at
can be reached by
can be reached on
may be reached at
on twitter at
on instagram at
follow him on
follow her on
follow them on
follow me on
follow us on
newsletters
our newsletter
free newsletter
daily newsletter
weekly newsletter
letters to the editor
all rights reserved
may not be published
may not be reproduced
affiliate link
affiliate links
affiliate commission
terms of use
terms of service
privacy policy
appeared first on
`)

// closing knows the lines that stand under an article.
func closing(s string, about metadata) bool {
	if len(s) > 600 {
		return false
	}
	p := plain(s)
	return labels().is(p) || farewells().leads(p) || notices().holds(p) || following(s) || biography(s, about)
}

// following is "Follow the newsroom on …", "@name on …", "© …".
func following(s string) bool {
	if strings.HasPrefix(s, "©") {
		return true
	}
	p := plain(s)
	if !strings.HasPrefix(p, "follow ") && !strings.Contains(s, "@") {
		return false
	}
	for _, network := range []string{" on twitter", " on facebook", " on instagram", " on linkedin", " on bluesky", " on mastodon", " on threads", " on x", " twitter"} {
		if strings.Contains(p, network) {
			return true
		}
	}
	return false
}

// biography is the line about who wrote it.
func biography(s string, about metadata) bool {
	for _, a := range about.authors {
		a = strings.TrimPrefix(strings.TrimPrefix(a, "By "), "by ")
		rest, ok := strings.CutPrefix(s, a)
		if !ok || len(a) < 4 {
			continue
		}
		rest = strings.TrimLeft(rest, " ,–—-(")
		if rest == "" {
			return true
		}
		for _, verb := range []string{"is ", "was ", "has ", "covers ", "writes ", "works ", "joined ", "reports ", "ist ", "est ", "es ", "é ", "a ", "the "} {
			if strings.HasPrefix(rest, verb) {
				return true
			}
		}
	}
	return false
}
