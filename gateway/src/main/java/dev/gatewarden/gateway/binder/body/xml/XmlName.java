package dev.gatewarden.gateway.binder.body.xml;

import dev.gatewarden.gateway.binder.shape.Shape;
import dev.gatewarden.gateway.binder.shape.XmlWords;
import org.jspecify.annotations.Nullable;

/// The element or attribute that a property is written as.
///
/// @param property the property's name in JSON
/// @param shape of the property; for the items of a list without an element around them, the list
/// @param local the local name
/// @param namespace the namespace, or null where the one around it holds
record XmlName(String property, Shape shape, String local, @Nullable String namespace) {

  boolean isList() {
    return shape.mayBeArray() && !shape.plain();
  }

  boolean isWrapped() {
    return isList() && shape.xml().kind() == XmlWords.Kind.WRAPPED;
  }
}
