package dev.gatewarden.core.exchange;

import org.jspecify.annotations.Nullable;

/// A file within a request, as its sender calls it.
///
/// @param where a JSON pointer into what the body was read as; empty where the body itself is the
///     file
/// @param fileName null where it has none
/// @param type the media type its sender says it has, lower case, without parameters; empty where
///     none is said
/// @param promised whether the contract names that very type, and not only a range it falls into
/// @param bytes the file itself
public record Upload(
    String where, @Nullable String fileName, String type, boolean promised, Bytes bytes) {}
