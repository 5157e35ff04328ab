package reader

import (
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"broadsheet/feeds"
	"broadsheet/feeds/clean"
	"broadsheet/ui/cells"
	"broadsheet/ui/keys"
	"broadsheet/ui/theme"
)

// maxFiles is how many media files are named after the text: the list of links
// has them all.
const maxFiles = 5

// files names the media files, and the key that lists them to be opened. A
// picture is looked at, not opened: it has its place above.
func (p *Pane) files(margin, column int) []string {
	var lines []string
	put := func(st theme.Style, text string) {
		lines = append(lines, p.row(margin, st.Render(cells.Cut(p.th.Measure, text, column))))
	}
	list := slices.DeleteFunc(slices.Clone(p.item.Enclosures), depicts)
	for i, e := range list {
		if i == maxFiles {
			put(p.th.Muted, "and "+number(len(list)-i)+" more")
			break
		}
		mark := "  "
		if plays(e) {
			mark = "▶ "
		}
		put(p.th.Text, mark+attachment(e))
	}
	if key := p.keys.Key(keys.Links); key != "" && len(lines) > 0 {
		put(p.th.Muted, "  "+keys.Name(key)+" lists what can be opened.")
	}
	if len(lines) > 0 {
		lines = append(lines, p.blank())
	}
	return lines
}

func depicts(e feeds.Enclosure) bool { return strings.HasPrefix(e.Type, "image/") }

// plays reports whether a file is for a player.
func plays(e feeds.Enclosure) bool {
	kind, _, _ := strings.Cut(strings.ToLower(e.Type), "/")
	switch kind {
	case "audio", "video":
		return true
	case "", "application": // some feeds declare nothing, or a stream's container
		switch strings.ToLower(path.Ext(fileOf(e.URL))) {
		case ".mp3", ".m4a", ".ogg", ".oga", ".opus", ".aac", ".flac", ".wav", ".mp4", ".m4v", ".mov", ".webm", ".mkv", ".ogv", ".m3u8":
			return true
		}
	}
	return false
}

// fileOf is the path of an address.
func fileOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Path
}

// attachment names a media file: "Audio, 34 min, 12 MB: Title".
func attachment(e feeds.Enclosure) string {
	kind, _, _ := strings.Cut(strings.ToLower(e.Type), "/")
	switch kind {
	case "audio", "video", "image":
		kind = strings.ToUpper(kind[:1]) + kind[1:]
	default:
		kind = "File"
		if plays(e) {
			kind = "Recording"
		}
	}
	if e.Play >= time.Hour {
		kind += ", " + number(int(e.Play.Hours())) + " h " + number(int(e.Play.Minutes())%60) + " min"
	} else if e.Play > 0 {
		kind += ", " + number(max(int(e.Play.Minutes()+0.5), 1)) + " min"
	}
	if size := size(e.Length); size != "" {
		kind += ", " + size
	}
	name := cells.Fold(e.Title)
	if name == "" {
		name = cells.Fold(clean.Line(path.Base("/" + fileOf(e.URL)))) // decoded, it may hold anything
	}
	return kind + ": " + name
}

// size is "12 MB"; "" of what is not known, or of what some feeds write who do
// not know.
func size(bytes int64) string {
	const kB, MB, GB = 1e3, 1e6, 1e9
	switch {
	case bytes >= GB:
		return strconv.FormatFloat(float64(bytes)/GB, 'f', 1, 64) + " GB"
	case bytes >= MB:
		return number(int((bytes+MB/2)/MB)) + " MB"
	case bytes >= kB:
		return number(int((bytes+kB/2)/kB)) + " kB"
	}
	return ""
}
