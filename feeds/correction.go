package feeds

// Correction is the reader's word on whether two articles tell one story. It
// outweighs every score, and the latest word on a pair counts.
type Correction struct {
	A, B ArticleID
	Same bool
}
