package pictures

// Seal is a file as the cache writes it.
var Seal = seal
