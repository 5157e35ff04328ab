// Package markdown turns an article's Markdown into lines of styled cells.
//
//	press := markdown.NewPress(8 << 20)
//	job := markdown.Job{Markdown: body.Markdown, Width: 72, Theme: th}
//	first, err := press.Head(ctx, job)     // the first screen, at once
//	whole, err := press.Render(ctx, job)   // all of it; kept for the next time
//
// A Press may be used by any number of goroutines; call it in a Cmd, never in
// Update or View.
//
// What an article passes on its way:
//
//	guard    size, nesting and shape are limited; what no text needs is dropped
//	goldmark Markdown → tree
//	styler   each paragraph's tree → styled text, by the tokens of ui/theme
//	fence    only SGR survives; links are ours and lead to http, https, mailto
//	layout   blocks → lines: hanging lists and quotes, tables, right-to-left
//	places   which words stand where, for what is laid over the lines
//
// Nesting, width and the line breaks are ours too, and between two paragraphs the
// work can be stopped. A styler must not be shared by goroutines: each Renderer
// has its own, and the Press hands a Renderer to one goroutine at a time.
package markdown
