package gist

import (
	"slices"
	"testing"
)

func TestSplit(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"marks":              {"It rained. Did it? It did! Well…", []string{"It rained.", "Did it?", "It did!", "Well…"}},
		"a line ends one":    {"A headline\nThe text goes on", []string{"A headline", "The text goes on"}},
		"titles":             {"Mr. Brown met Dr. Lee. They left.", []string{"Mr. Brown met Dr. Lee.", "They left."}},
		"initials":           {"J. K. Moss of the U.S. Navy spoke. She left.", []string{"J. K. Moss of the U.S. Navy spoke.", "She left."}},
		"I is a word":        {"So did I. We left.", []string{"So did I.", "We left."}},
		"numbers":            {"It cost $1.5 million. In 2025. Then it fell.", []string{"It cost $1.5 million.", "In 2025.", "Then it fell."}},
		"German ordinals":    {"Am 3. Oktober kam er. Er blieb.", []string{"Am 3. Oktober kam er.", "Er blieb."}},
		"no capital follows": {"He said e.g. this and approx. that. Yes.", []string{"He said e.g. this and approx. that.", "Yes."}},
		"a quotation":        {"“We won. We did.” She smiled.", []string{"“We won.", "We did.”", "She smiled."}},
		"a quoted question":  {"“Why?” he asked. Nobody knew.", []string{"“Why?” he asked.", "Nobody knew."}},
		"Chinese":            {"港口关闭了。“为什么？”渔民问。没有回答！", []string{"港口关闭了。", "“为什么？”渔民问。", "没有回答！"}},
		"Arabic and Hindi":   {"هل وصل؟ نعم وصل. बारिश हुई। सब भीगे।", []string{"هل وصل؟", "نعم وصل.", "बारिश हुई।", "सब भीगे।"}},
		"web addresses":      {"See example.org. It works.", []string{"See example.org.", "It works."}},
		"no, and number 5":   {"She said no. He read No. 5 and fig. 13 of it. She loves art. He does not.", []string{"She said no.", "He read No. 5 and fig. 13 of it.", "She loves art.", "He does not."}},
		"a time and a day":   {"It opens at 9 a.m. Monday. It closes at 5 p.m. EST on Tuesday. She left at 6 p.m. He stayed.", []string{"It opens at 9 a.m. Monday.", "It closes at 5 p.m. EST on Tuesday.", "She left at 6 p.m.", "He stayed."}},
		"dates":              {"On Jan. 6 it rained. It rained in Jan. Then it froze.", []string{"On Jan. 6 it rained.", "It rained in Jan.", "Then it froze."}},
		"names and letters":  {"Ph.D. student J. R. R. Holt met Gov. Lee on St. Anne Blvd. East. So?", []string{"Ph.D. student J. R. R. Holt met Gov. Lee on St. Anne Blvd. East.", "So?"}},
		"versions and times": {"Version 2.1.3 came at 10.30. It cost 3,50 euros.", []string{"Version 2.1.3 came at 10.30.", "It cost 3,50 euros."}},
		"brackets":           {"It fell (by half.) Nobody knew why [sic.] Then it rose.", []string{"It fell (by half.)", "Nobody knew why [sic.]", "Then it rose."}},
		"German":             {"Dr. Müller kam am 3. Mai z. B. nach Berlin. „Warum?“, fragte er. Str. 5 war zu.", []string{"Dr. Müller kam am 3. Mai z. B. nach Berlin.", "„Warum?“, fragte er.", "Str. 5 war zu."}},
		"French":             {"M. Dupont a dit « non ! » hier. Mme Roy (art. 5) est partie… Pourquoi ?", []string{"M. Dupont a dit « non ! » hier.", "Mme Roy (art. 5) est partie…", "Pourquoi ?"}},
		"Spanish":            {"¿Quién es? El Sr. Gómez ganó 1.500 euros. ¡Bravo! Ud. lo sabe.", []string{"¿Quién es?", "El Sr. Gómez ganó 1.500 euros.", "¡Bravo!", "Ud. lo sabe."}},
		"Italian":            {"Il dott. Rossi è qui. Costa 3,5 milioni. L’on. Bianchi no.", []string{"Il dott. Rossi è qui.", "Costa 3,5 milioni.", "L’on.", "Bianchi no."}},
		"Russian":            {"Это ул. Ленина. Здесь жил А. С. Пушкин. Цена — 5 млн. рублей. «Зачем?» — спросил он.", []string{"Это ул. Ленина.", "Здесь жил А. С. Пушкин.", "Цена — 5 млн. рублей.", "«Зачем?» — спросил он."}},
		"Polish":             {"To ul. Długa. Tzw. Stare Miasto, m.in. Rynek, stoi. Koniec.", []string{"To ul. Długa.", "Tzw. Stare Miasto, m.in. Rynek, stoi.", "Koniec."}},
		"Swedish and Dutch":  {"Det var t.ex. Anna. Han kom kl. 5 igår. Dhr. Jansen en mevr. Bos zijn er. Ja.", []string{"Det var t.ex. Anna.", "Han kom kl. 5 igår.", "Dhr. Jansen en mevr. Bos zijn er.", "Ja."}},
		"Greek":              {"Γιατί έφυγε; Κανείς δεν ξέρει. Ο κ. Παππάς ήρθε.", []string{"Γιατί έφυγε;", "Κανείς δεν ξέρει.", "Ο κ. Παππάς ήρθε."}},
		"Japanese":           {"雨が降った。「辞めない。」と知事は述べた。3.5メートルだ！本当？", []string{"雨が降った。", "「辞めない。」と知事は述べた。", "3.5メートルだ！", "本当？"}},
		"Chinese, quoted":    {"“我们赢了。”她说。“我们走吧。”第二天他们走了。价格是3.5元。", []string{"“我们赢了。”她说。", "“我们走吧。”", "第二天他们走了。", "价格是3.5元。"}},
		"Korean":             {"비가 왔다. 3.5미터였다. “왜?” 그는 물었다.", []string{"비가 왔다.", "3.5미터였다.", "“왜?”", "그는 물었다."}},
		"Urdu and Armenian":  {"بارش ہوئی۔ سب بھیگ گئے۔ Անձրև եկավ։ Բոլորը թրջվեցին։", []string{"بارش ہوئی۔", "سب بھیگ گئے۔", "Անձրև եկավ։", "Բոլորը թրջվեցին։"}},
		"Ethiopic, Burmese":  {"ዝናብ ዘነበ። ሁሉም ረጠበ። မိုးရွာသည်။ အားလုံးစိုသည်။ ភ្លៀង។ សើម។", []string{"ዝናብ ዘነበ።", "ሁሉም ረጠበ።", "မိုးရွာသည်။", "အားလုံးစိုသည်။", "ភ្លៀង។", "សើម។"}},
		"Hindi decimals":     {"कीमत 3.5 रुपये है। डॉ. शर्मा आए। क्यों?", []string{"कीमत 3.5 रुपये है।", "डॉ. शर्मा आए।", "क्यों?"}},
		"nothing to say":     {" \n … \n--\n", nil},
		"no mark at all":     {"no mark", []string{"no mark"}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Split(c.text); !slices.Equal(got, c.want) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestSpansAreThePlacesOfTheSentences(t *testing.T) {
	const text = "  It rained. \n\u3000“Why?” he asked.\r\n港口关闭了。 没有回答！"
	var got []string
	for _, s := range Spans(text) {
		got = append(got, text[s.Start:s.End])
	}
	if want := []string{"It rained.", "“Why?” he asked.", "港口关闭了。", "没有回答！"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
