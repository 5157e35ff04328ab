// Package cli is the command line: everything the screen can do to the
// library, for scripts and for people without a screen.
//
//	status := cli.Run(ctx, cli.Env{Args: os.Args[1:], Stdout: os.Stdout, …})
//	os.Exit(status) // 0 done, 1 failed, 2 wrong usage
//
// Commands print text for people, which may change, or with --json JSON Lines
// with the keys of json.go, which may not. Errors go to standard error, one
// plain sentence each. What reaches the text output has passed feeds/clean.
package cli
