package related

// stopLists are the words that carry grammar, not content, and in the news
// also those that only say that something was said or when. They serve twice:
// left out of the terms, and counted to tell a language. They were written for
// this program after the grammar of each language; lower case, apostrophes
// left out, without accents folded.
var stopLists = [...]struct {
	language language
	words    string
}{
	{language('e')<<8 | 'n', `a about above after again against all also am an and any are arent as at be because been before being below
between both but by can cant cannot could couldnt did didnt do does doesnt doing dont down during each few for from further
get gets getting got had hadnt has hasnt have havent having he hell hed her here heres hers herself hes him himself his how hows i id if ill im in into is isnt
it its itself ive just lets me might more most much must my myself no nor not now of off on once one only or other ought our ours
ourselves out over own said same say saying says shall she shes should shouldnt so some such than that thats the their theirs them
themselves then there theres these they theyd theyll theyre theyve this those through thus to too two under until up upon us very was wasnt we wed
well were werent weve what whats when where whether which while who whom whos whose why will with within without wont would wouldnt yet you youd youll your youre
yours yourself youve new first last year years day days week weeks month months time times today yesterday tomorrow monday
tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun according told tell tells like many make makes made making amid since per via mr mrs
ms dr video videos watch live update updates updated latest news report reports reported reporting exclusive opinion photo photos heres
including include includes among across around along even still back may every however another going go goes went come comes came
take takes took taken know known way ways want wants part parts read story stories click subscribe newsletter breaking`},
	{language('d')<<8 | 'e', `aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes auch auf aus bei beim bereits
bin bis bisher bist da dabei dadurch dafür dagegen daher damit danach dann daran darauf daraus darin darüber darum das dass dein
deine dem den denen denn dennoch der deren des deshalb dessen dich die dies diese dieselbe diesem diesen dieser dieses dir doch dort du
durch ein eine einem einen einer eines einig einige einigen einmal er erst erste ersten es etwa etwas euch euer eure für gegen gegenüber gewesen gibt geht
hab habe haben hat hatte hatten hätte hätten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im immer in indem ins
ist ja jede jedem jeden jeder jedes jedoch jene jenem jenen jener jenes jetzt kann kein keine keinem keinen keiner können könnte könnten
laut machen macht man manche mehr mein meine mich mir mit muss müssen musste nach nachdem neue neuen neuer neues nicht nichts noch nun nur ob oder
ohne sagt sagte schon sehr sei seien sein seine seinem seinen seiner seit selbst sich sie sind so sogar soll sollen sollte sollten solche sondern
sonst sowie trotz über um und uns unser unsere unter viel viele vom von vor wann war waren warum was wegen weil weiter weitere weiteren welche welchem
welchen welcher wenn wer werde werden werdet wie wieder will wir wird wirst wo wollen wollte wurde wurden während würde würden zu zum
zur zwar zwei zwischen uhr heute gestern morgen montag dienstag mittwoch donnerstag freitag samstag sonntag jahr jahre jahren tag tage woche wochen`},
	{language('f')<<8 | 'r', `ai ainsi alors après au aucun aucune aujourdhui aussi autre autres aux avait avant avec avoir car ce ceci cela celle celles celui
cependant certains ces cest cet cette ceux chaque chez comme comment contre dans de depuis des deux donc dont du déjà elle elles en encore
entre es est et étaient était étant été être eu eux fait faire faut fois font hier ici il ils je jusqu jusque la le les leur leurs lors lorsque
lui là ma mais me mes moi moins mon même mêmes ne ni nos notre nous nouveau nouvelle on ont ou où par parce pas pendant peu peut plus plusieurs
pour pourquoi pourrait pouvoir premier première près qu quand que quel quelle quelles quels qui quoi sa sans se selon sera sera serait ses si
sien soit son sont sous sur ta te tes toi ton toujours tous tout toute toutes très tu un une vers voici voilà vos votre vous y à ans an année
années jour jours lundi mardi mercredi jeudi vendredi samedi dimanche`},
	{language('e')<<8 | 's', `a al algo algunas algunos ante antes aquel aquella así aún aunque ayer bajo bien cada casi como con contra cual cuales cuando cuándo de
del desde donde dos durante e el él ella ellas ellos en entre era eran eres es esa esas ese eso esos esta está estaba están estar estas este esto estos
fue fueron ha había habían hace hacer hacia han hasta hay hoy la las le les lo los mañana más me mi mientras mis mismo mucho muchos muy nada ni no nos nosotros
nuestra nuestro nueva nuevo o otra otras otro otros para parte pero poco por porque primer primera pues puede pueden que qué quien quién quienes se sea según
ser será si sí sido sin sobre solo sólo son su sus también tan tanto te tener tiene tienen toda todas todo todos tras tres tu tus un una uno unos usted y ya yo
año años día días lunes martes miércoles jueves viernes sábado domingo dijo`},
	{language('i')<<8 | 't', `a abbiamo ad ai al alla alle allo altra altre altri altro anche ancora anni anno avere aveva c che chi ci ciò coi col come con contro così
cui da dagli dai dal dalla dalle dallo degli dei del della delle dello dentro di dopo dove dopo due e ed era erano essere fa fare fino fra gli già giorni giorno ha hanno ho i il in
io la le lei li lo loro lui ma me meno mentre mi mia mio molto ne negli nei nel nella nelle nello no noi non nostra nostro nuova nuovo o ogni oggi oltre ora per
perché però più poi prima primo può qua quale quali quando quanto quasi quella quelle quelli quello questa queste questi questo qui sarà se secondo sei senza si
sia siamo sono sta stata stati stato sua sue sugli sui sul sulla sulle suo suoi tra tre tutta tutti tutto un una uno vi voi ieri domani lunedì martedì mercoledì
giovedì venerdì sabato domenica`},
	{language('p')<<8 | 't', `a ainda além ao aos após apenas aquela aquele as até ano anos cada com como contra da das de dela dele deles depois desde dia dias diz dois do dos
e é ela elas ele eles em entre era essa esse esta está estão estava este estes eu foi foram há isso isto já lhe mais mas me mesmo meu muito na não nas nem no nos nós
nossa nosso nova novo num numa o onde ontem os ou outra outras outro outros para pela pelas pelo pelos per pode podem por porque primeira primeiro qual quando quando que
quem são se segundo seja sem ser será seu seus sido sob sobre só sua suas também tem têm ter teve tinha todos toda todas todo três tudo um uma umas uns vai você hoje
segunda terça quarta quinta sexta sábado domingo feira`},
	{language('n')<<8 | 'l', `aan al alle alleen als altijd andere ben bij daar dan dat de deze die dit doen door dus echter een eerste eigen en er ging goed had hadden heb hebben
heeft hem het hier hij hoe hun iemand iets ik in is ja jaar jaren je jij kan kunnen kon laat maar mag meer men met mijn moet moeten na naar niet niets nieuwe nog nu of om omdat
ons ook op over rond samen sinds te tegen toch toen tot tussen twee u uit uur van vandaag vanaf veel verder volgens voor vooral waar waarom wat wel weer werd werden wie wij wil
wordt worden ze zegt zei zelf zich zij zijn zo zonder zou zouden zullen zal gisteren morgen maandag dinsdag woensdag donderdag vrijdag zaterdag zondag`},
	{language('s')<<8 | 'v', `alla allt att av bara bland blev bli blir de dem den denna deras dess dessa det detta dig din du där då efter ej eller en enligt er ett flera från för
förra första genom ha hade han hans har helt hennes hon honom hur här i icke idag igår in inför ingen inom inte jag kan kommer kunde man med mellan men mer min mot mycket många måste ni
nu ny nya någon något några när och också om oss på redan sade sedan ser sig sin sina sitt ska skulle som så säger till två under upp ut utan vad var vara varit vi vid vill är år över`},
	{language('d')<<8 | 'a', `ad af alle alt anden at blev blevet blive bliver da de dem den denne der deres det dette dig din disse dog du efter eller en end er et flere for fordi fra før
første får gennem gør ham han hans har havde have hende hendes her hos hun hvad hvis hvor hvordan i igen ikke ind ingen jeg kan kom kommer kun kunne man mange med meget mellem men mere
min mod må ned nogle noget nogen nu ny nye når og også om op os over på sagde se sig siden sig siger skal skulle som så til to ud under var ved vi vil ville være været år efter`},
	{language('n')<<8 | 'o', `alle at av bare ble bli blir blitt da de dem den denne der deres det dette du eller en enn er et etter flere for fordi fra får før første gjennom gjør går ha
hadde han hans har henne hennes her hos hun hva hvis hvor hvordan i igjen ikke ingen inn jeg kan kom kommer kun kunne man mange med meg mellom men mer mot mye må ned noe noen nå når ny nye
og også om opp oss over på sa seg ser siden sier sin sine sitt skal skulle som så til to under ut uten var ved vi vil ville være vært å år`},
	{language('f')<<8 | 'i', `ei eikä ennen ensi eri että he heidän hän hänen itse ja jo joiden joka joko jolla jonka jos jossa jota jotka kaikki kanssa kautta kertoo koko koska kuin kuinka
kun kuten kuitenkin lisäksi me mihin mikä mitä mukaan mutta muun muut myös mukana ne niin niiden noin nyt näin ole oli olisi olivat olla olleet ollut on ovat paljon pitää saa se sekä sen
siitä siellä siinä sillä sitä sitten tai tämä tämän tässä tätä vain vaikka vielä voi vuoden vuonna vuotta yli`},
	{language('t')<<8 | 'r', `acaba ama ancak artık aslında ayrıca bazı belki ben bile bin bir biri birkaç biz bu buna bunu bunun çok çünkü da daha de defa değil diye dolayı en etti eden fakat gibi
göre hem her hiç için ile ilgili ise işte kadar karşı ki kim kimse mi mı mu mü nasıl ne neden nedir o olan olarak oldu olduğu olduğunu olması on ona onu onun sadece sonra şey şu tarafından tüm
üzere var ve veya ya yani yeni yer yıl yok zaten`},
	{language('h')<<8 | 'u', `a abban ahhoz akkor alatt amely amelyek ami amikor annak az azonban azt azért be csak de e egy egyik el ellen előtt elég első ennek erre és ez ezek ezt ezért fel
fog ha hanem hogy hogyan időben igen ilyen is itt jól kell ki két le lehet lesz lett már meg mellett mert még mi miatt mint minden most nagy ne nem nincs olyan ott pedig s saját sem sok szerint
szemben talán több tud után új úgy utána vagy van vannak volt voltak között`},
	{language('r')<<8 | 'o', `a acest aceasta această aceste acestea acum ai al ale am anul ar are as asta astfel au avea avut ca că care cât ce cel cea cei cele chiar către cu cum da dacă dar
de deci decât deja despre din doar două după ea ei el ele era este eu există fi fie foarte fost iar în în înainte între la le lor lui mai mult ne nici nu o ori pe pentru poate prin sa să sale
sau se și si sunt sub tot toate trebuie un una unde unei unor unui va vor`},
	{language('r')<<8 | 'u', `а без более больше бы был была были было быть в вам вас весь во вот все всего всех вы где да даже для до его ее её если есть еще ещё же за здесь и из или им их
к как какой когда который которая которые которого которых кто ли либо лишь между меня мне много может можно мы на над надо нас наш не него нее ней нет ни них но ну о об один около он она они
оно от очень по под после потом потому почти при про раз с сам свою своей своего себя сейчас со сообщил сообщила сообщает также так такой там те тем теперь то того тоже той только том тот тут
у уже хотя чего чем что чтобы чья эта эти это этого этой этом этот эту я год года году лет день дня сегодня вчера понедельник вторник среда четверг пятница суббота воскресенье
є й із який яка які що це та він вона вони від під час щоб але або було буде року також про після`},
	{language('a')<<8 | 'r', `في من على إلى عن مع أن إن كان كانت التي الذي الذين هذا هذه ذلك تلك هو هي هم ما لا لم لن قد كل بعد قبل بين حتى إذا أو ثم كما عند عندما حيث غير
أي أيضا بعض منذ خلال ضد حول دون سوى أكثر أقل ليس نحو وقد ولم وفي ومن وهو وهي وكان وكانت اليوم أمس غدا قال قالت وقال وقالت يوم عام سنة شهر لكن به بها له لها فيه فيها عليه عليها
منه منها أنه أنها وأن هناك هنا الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت`},
}

// spacelessStop are characters whose bigrams carry grammar in Chinese and
// Japanese.
const spacelessStop = "的了是在和也就都而及与與着或一个個没有我们們你他她它这這那为為以于於之对對被把从從"
