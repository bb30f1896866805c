package dev.gatewarden.gateway.binder.shape;

import org.jspecify.annotations.Nullable;

/// What the XML Object of a schema says (OpenAPI, "XML Object").
///
/// @param name the local name, or null where the property's own counts
/// @param namespace the namespace's URI, or the empty text
/// @param prefixed whether the namespace is written with a prefix, so that it is this element's
///     alone; without one it is the default for what lies inside
/// @param kind how the value is written
public record XmlWords(@Nullable String name, String namespace, boolean prefixed, Kind kind) {
  public static final XmlWords NONE = new XmlWords(null, "", false, Kind.USUAL);

  /// How a value is written (OpenAPI 3.2, `nodeType`).
  public enum Kind {
    /// An element; a list is its items without an element around them.
    USUAL,
    /// An attribute.
    ATTRIBUTE,
    /// The text of the element around it.
    TEXT,
    /// An element around the items of a list (`wrapped`).
    WRAPPED
  }
}
