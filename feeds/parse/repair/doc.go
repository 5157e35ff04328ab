// Package repair reads XML and JSON that may be broken in any way, and says
// what was wrong with it.
//
//	d := repair.NewElements(text, known, problem)
//	for t := d.Next(); t.Kind != repair.EOF; t = d.Next() {
//		if t.Kind == repair.Start {
//			d.Enter(t.Name)        // its children come next …
//			inner := d.Inner(t)    // … or all it holds at once, and its end tag is behind us
//		}
//	}
//	value, sound := repair.JSON(text)
//
// It works in layers. Legible removes what no document may hold. A Lexer cuts
// markup into tokens, and what cannot be markup into text. Elements finds the
// end of an element, and where it should have been. Entities replaces
// references. None of them knows what a feed is; that is in feeds/parse.
//
// Nothing here fails or panics. Time and memory grow linearly with the
// document, however it is made; the tests count bytes looked at.
package repair
