package related

// The parameters of the method, all of them. README.md tells how each was
// chosen and what its neighbours gave.
const (
	// Terms.
	titleTimes = 6.0  // a title word counts as this many words of the text
	leadTokens = 350  // words of the text that are read
	leadDecay  = 90.0 // a word's count falls by e every so many words
	keepTerms  = 160  // terms kept of an article, the heaviest
	idfPower   = 0.5
	capBoost   = 0.2 // how much more a term weighs that is always capitalised
	numFactor  = 0.9 // how much less a number weighs

	// An article with fewer terms than this beyond its title is a bare headline.
	bareTerms    = 4
	bareIdfPower = 0.3
	bareCapBoost = 0.3
	barePlain    = 0.7 // how much less an ordinary word weighs in it

	// A text that an outlet puts under so many different titles is stock.
	stockTitles = 3

	// Articles of one outlet under one title, further apart than this, are a
	// column, not a story.
	columnHours = 12

	// Rows of the asked article's own outlet in a sidebar.
	ownRows = 2

	// Background rows of any one outlet.
	topicRows = 3

	// Statistics: document frequencies come from the first articles of a
	// language in an epoch and the one before, at most sampleSize.
	sampleAll   = 32
	sampleStep  = 1.5
	epochDays   = 16
	sampleSize  = 4096
	sampleLeast = 256 // articles that a smaller sample counts as

	// Candidates.
	postTerms    = 48   // terms of an article that are posted, the heaviest
	queryTerms   = 64   // terms that candidates for a sidebar are found by
	linkTerms    = 16   // terms that candidates for the links of stories are found by
	candidateMin = 0.02 // a score, by those terms, below which nothing is one
	candidates   = 100  // compared exactly
	windowDays   = 14   // either side

	// Time: floor + (1-floor)·exp(-Δt²/2σ²).
	timeSigma = 2.0 // days
	timeFloor = 0.1
	timeLost  = 0.95 // the factor if one of two articles has no date

	// Feedback: the order is refined with the best few of the first search.
	feedbackMin   = 0.25
	feedbackCount = 3
	feedbackNear  = 0.85 // more than these if they have so much of the best one's score,
	feedbackMost  = 10   // up to so many
	feedbackShare = 1.0
	feedbackBare  = 0.5 // the share where a bare headline is asked about

	// Support: a candidate's score is mixed with that of the candidates it is
	// most like.
	supportPool  = 100
	supportLinks = 6
	supportMin   = 0.1 // weaker links do not count
	supportShare = 0.8
	supportRest  = 0.7 // the sum of links that halves the share

	// Company: where a bare headline is asked about, a candidate's score is first
	// mixed with how much its links are those of the headline.
	companyShare = 0.5
	companyMany  = 16 // candidates of its story from which on it counts, of twice as many by half the share

	// Centring: what is like all candidates loses where texts are long, and
	// gains half as much among headlines.
	centreShare = 0.4
	centreShort = 10.0  // terms of a candidate, on the average, where it gains most,
	centreEven  = 40.0  // where it neither gains nor loses,
	centreLong  = 100.0 // and from which on it loses all

	// Stories: the score is mixed with that of the other candidates of a story.
	storyShare = 0.4
	storyScore = 0.15 // more for what is in the asked article's story
	storyGain  = 0.1  // and more to pass the gate with
	storyMany  = 8    // candidates of a story from which on a bare headline is the likelier of it,
	storyMore  = 0.4  // by this share with each factor e

	// Gates on the score.
	gateShare      = 0.3
	gateRest       = 0.3
	coverageGate   = 0.3
	gateGap        = 0.001
	backgroundGate = 0.05
	plainGate      = 0.2  // the same where only numbers and ordinary words are in common
	foreignFactor  = 0.6  // a pair in different languages
	daysFactor     = 0.85 // a pair that names different days of the week

	// Copies.
	sketchSize   = 48
	shingleWords = 4
	copyTokens   = 400
	copyCosine   = 0.5  // candidates for a copy are at least so alike
	copyContain  = 0.5  // share of the shorter one's shingles
	minShingles  = 8    // fewer prove nothing
	foldContain  = 0.66 // copies so alike share a row
	wordingMin   = 2    // so many hashes of two sketches alike are wording in common,
	namesMin     = 0.2  // which takes names and numbers so much alike for a link,
	namesRow     = 0.2  // and so much for coverage
	sameDays     = 14.0 // the very same text further apart is no copy
	ownShingles  = 100  // of a longer text the own copies make no row

	// Stories.
	storyDays = 3.0   // two articles further apart do not speak for a story
	storySpan = 14.0  // days from a story's first article to its last
	storyGate = 0.175 // half the mean link, half the mean of the best storyBest
	storyCore = 16    // articles of a story that a later one is compared with, the first
	storyBest = 3
	storyMost = 4 // stories that an article is compared with, those that its heavy terms tell of most, beside what may be its text
	// A tie to n articles counts 1/n of this less,
	storyDoubt = 0.04
	doubtFull  = 20.0 // if the article that joins has no more terms than this,
	doubtNone  = 60.0 // and the full tie from so many on

	// What is parted again: see parts.
	partShare = 0.7
	partLeast = 2 // articles of a part, at least

	// Links.
	linkMin   = 0.1  // weaker links are none
	linkPart  = 0.08 // one term adds no more than this to a link, unless
	linkBare  = 8    // one of the two has no more terms than this
	linkSlack = 0.5  // share of a link that the heaviest terms must make
)
