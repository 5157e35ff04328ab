package feeds

// Edition is a named, built-in bundle of feeds. Subscribing to it puts its
// feeds into a folder of its name.
type Edition struct {
	Name  string // what the command line calls it: "new-zealand"
	Title string // what the reader sees: "New Zealand"
	Feeds []Feed
}
