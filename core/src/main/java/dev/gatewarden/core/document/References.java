package dev.gatewarden.core.document;

/// How a `$ref` finds its target, within a document and across documents on the allow-list.
@FunctionalInterface
public interface References {

  /// The value a reference points to.
  ///
  /// One step only: the target may itself be a reference, and following several of them may lead
  /// back to the first.
  ///
  /// @param reference what stands behind `$ref`: a URI reference, its fragment a JSON pointer (RFC
  ///     6901)
  /// @param from where the reference stands; it is resolved against the address of that document
  Resolution resolve(String reference, Place from);

  /// What following a reference came to.
  sealed interface Resolution {

    /// The target.
    record Found(Node node) implements Resolution {}

    /// There is no such target, or it may not be read.
    record Missing(Problem problem) implements Resolution {}
  }
}
