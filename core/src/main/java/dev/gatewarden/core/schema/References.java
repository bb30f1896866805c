package dev.gatewarden.core.schema;

import dev.gatewarden.core.document.Node;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Finds the documents that schemas refer to; who implements it decides what may be read.
@FunctionalInterface
public interface References {

  /// Only references within the schema itself lead anywhere.
  References NONE = (reference, base) -> null;

  /// The root of the document at an address, or null when there is none or it may not be read.
  ///
  /// @param reference the absolute address, without a fragment
  /// @param base      the address of the document that refers to it
  @Nullable Node resolve(String reference, URI base);
}
