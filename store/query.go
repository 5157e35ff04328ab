package store

import "bytes"

// A query is what the reader typed into the search field.
type query struct {
	clauses []clause   // every one must match
	phrases [][]clause // each must stand together, in the title or in the text
}

// A clause is a term, or with prefix the beginning of one.
type clause struct {
	term   string
	prefix bool
}

func (c clause) matches(term []byte) bool {
	if c.prefix {
		return bytes.HasPrefix(term, []byte(c.term))
	}
	return string(term) == c.term
}

// parseQuery takes apart words and "phrases". The last word is a prefix: it may
// still be being typed, even in a phrase whose second quote is yet to come.
func parseQuery(s string) query {
	var q query
	var words tokenizer
	quoted := false
	for begin := 0; begin <= len(s); {
		end := begin
		for end < len(s) && s[end] != '"' {
			end++
		}
		open := end == len(s) // no quote follows: the reader is still here
		part := phraseTerms(&words, s[begin:end])
		if n := len(part); n > 0 && open {
			part[n-1].prefix = true
		}
		q.clauses = append(q.clauses, part...)
		if quoted && len(part) > 1 {
			q.phrases = append(q.phrases, part)
		}
		if !quoted {
			q.phrases = append(q.phrases, runsOf(&words, s[begin:end])...)
		}
		quoted = !quoted
		begin = end + 1
	}
	return q
}

// phraseTerms gives the terms of s as they follow each other in a text: the
// tail of a run repeats half of its last pair and is left out.
func phraseTerms(words *tokenizer, s string) (list []clause) {
	words.eachTerm(s, func(term []byte, kind termKind) {
		if kind != termTail {
			list = append(list, clause{string(term), kind == termLone})
		}
	})
	return list
}

// runsOf gives the runs of three and more unspaced characters: their pairs
// must stand together like a phrase.
func runsOf(words *tokenizer, s string) (phrases [][]clause) {
	var run []clause
	words.eachTerm(s, func(term []byte, kind termKind) {
		if kind == termPair {
			run = append(run, clause{term: string(term)})
			return
		}
		if len(run) > 1 {
			phrases = append(phrases, run)
		}
		run = nil
	})
	return phrases
}

// holds reports whether the phrase stands in text.
func holds(words *tokenizer, text string, phrase []clause) bool {
	// open holds how far each beginning of the phrase has got.
	var open []int
	found := false
	words.eachTerm(text, func(term []byte, kind termKind) {
		if found || kind == termTail {
			return
		}
		kept := open[:0]
		for _, n := range open {
			if phrase[n].matches(term) {
				kept = append(kept, n+1)
			}
		}
		open = kept
		if phrase[0].matches(term) {
			open = append(open, 1)
		}
		for _, n := range open {
			found = found || n == len(phrase)
		}
	})
	return found
}
