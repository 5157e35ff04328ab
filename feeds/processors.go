package feeds

import "runtime"

var processors = runtime.GOMAXPROCS(0)

// Processors is how many processors there are for work that keeps them busy.
// GOMAXPROCS may be more: the screen raises it, to be heard during such work.
func Processors() int { return processors }
