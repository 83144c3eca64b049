/// Files of tensors. A file is hostile until it is parsed: every length is compared with the file's
/// own before memory is asked for, and nothing is returned unless all of it is sound. What breaks a
/// format's rules is a [dev.lanegrad.io.MalformedFileException].
package dev.lanegrad.io;
