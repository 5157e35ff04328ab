package feeds

// Correction is the reader's word on whether two articles tell one story. It
// outweighs every score, and the latest word on a pair counts. A word that is
// taken back leaves the one before it, or none; Same is not looked at then.
type Correction struct {
	A, B  ArticleID
	Same  bool
	Taken bool // back: what was said of the two last is unsaid
}
