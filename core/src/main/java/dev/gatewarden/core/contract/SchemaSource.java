package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.References;

/// A schema as written, with all that is needed to compile it.
///
/// @param schema an object, or a boolean in 3.1; it may be a `$ref`
/// @param references follows any `$ref` below it
/// @param dialect what it is written in
public record SchemaSource(Node schema, References references, Dialect dialect) {}
