package dev.gatewarden.core.exchange;

import dev.gatewarden.core.contract.Grant;
import dev.gatewarden.core.contract.Masking;
import java.util.List;

/// What one pass over a body found. Rooms make it, guards read it, so that no body is read twice.
public interface Reading {

  /// No body was there to read, or none whose inside the contract describes.
  Reading NONE =
      new Reading() {
        @Override
        public Bytes bytes() {
          return Bytes.NONE;
        }

        @Override
        public boolean conforms() {
          return true;
        }

        @Override
        public List<Detail> explain() {
          return List.of();
        }

        @Override
        public List<Mark> marks() {
          return List.of();
        }

        @Override
        public boolean complete() {
          return true;
        }
      };

  /// JSON that the marks point into: the body itself, or what a body of another type was read as.
  Bytes bytes();

  /// The body as it came.
  default Bytes whole() {
    return bytes();
  }

  /// That JSON as callers write or see it: with the ids that they know.
  default Bytes outside() {
    return bytes();
  }

  /// Where a byte of `bytes` stands in `outside`.
  default int outside(int offset) {
    return offset;
  }

  /// Whether each line of the body is a document, so that what is cut out of it is a line.
  default boolean lines() {
    return false;
  }

  /// Whether the body is what the contract promises.
  boolean conforms();

  /// Which kind of promise is broken; `NONE` exactly where the body conforms.
  default Breach breach() {
    return conforms() ? Breach.NONE : Breach.SCHEMA;
  }

  /// What is wrong with it: a second, slower pass; empty when it conforms.
  List<Detail> explain();

  /// The marked values that occur, in the order of the text.
  List<Mark> marks();

  /// Whether every part of an object that is there is among the marks: the inside was read to its
  /// end, though it may break the contract. False where the inside was not read at all, so that
  /// nobody takes what was not looked at for what is not there.
  boolean complete();

  /// The smallest members and items that can go so that the rest is what the contract promises, if
  /// there are some: a third, slower pass; empty where the body conforms, or where only the whole
  /// could go.
  default List<Gap> mend() {
    return List.of();
  }

  /// A stretch of the body that has to go.
  ///
  /// @param nameFrom the first byte of the member's name, or `from` where it is no member
  /// @param from the first byte of the value
  /// @param to behind its last byte
  /// @param blank whether `null` may stand in its place, and nothing less than that
  record Gap(int nameFrom, int from, int to, boolean blank) {}

  /// The files among what was read, in the order of the body.
  default List<Upload> uploads() {
    return List.of();
  }

  /// A value in a body that the contract says something about.
  ///
  /// @param from the first byte of the value
  /// @param to behind its last byte
  /// @param nameFrom the first byte of the member's name, or `from` when the value is no member
  record Mark(Meaning meaning, int nameFrom, int from, int to) {}

  /// What a marked value means.
  sealed interface Meaning {
    /// A property that only these may write (`x-gatewarden-write`).
    ///
    /// @param strip whether it is taken out of the request of anybody else
    record Writable(List<Grant> by, boolean strip) implements Meaning {}

    /// A property that only these may see (`x-gatewarden-read`).
    ///
    /// @param masking what others see
    record Readable(List<Grant> by, Masking masking) implements Meaning {}

    /// A property that the contract does not know.
    record Undeclared() implements Meaning {}

    /// A property of a data class (`x-gatewarden-class`).
    record Classified(String dataClass) implements Meaning {}

    /// A property with the name of a classified one, where the contract does not promise it.
    record Stray(String name, String dataClass) implements Meaning {}

    /// A value that could not be read as its schema wants it, so that nobody knows which marked
    /// values stand in it.
    record Unread() implements Meaning {}

    /// A place that breaks the contract: a value without extent.
    record Broken() implements Meaning {}

    /// A part of a request's object that says which object it is, or whose: what an update leaves
    /// as
    /// it is, and a creation does not write in another's name.
    ///
    /// @param stated whether the contract says itself who may write it, and that is marked, too;
    ///     only
    ///     known of changes whose values are not where they are written
    record Identity(int binding, Role role, String name, boolean stated) implements Meaning {
      public Identity(int binding, Role role, String name) {
        this(binding, role, name, false);
      }
    }

    /// An object of a type, wherever its schema is used: within objects of other types as well.
    record Typed(String type) implements Meaning {}

    /// Who owns such an object, or its tenant.
    record TypedPart(String type, Role role) implements Meaning {}

    /// A part of the object that binding number `binding` of the operation speaks of.
    record Part(int binding, Role role, String name) implements Meaning {}
  }

  /// The part a marked value plays in an object.
  enum Role {
    ITEM,
    ID,
    /// The value whose name is the id.
    KEY,
    OWNER,
    TENANT,
    PARENT,
    COUNT,
    /// In requests: the value by which a list is filtered, and the objects around it, by how many
    /// steps lead to them.
    FILTER,
    /// In requests: a value that is written into an object; the number is the slot's.
    WRITTEN,
    /// In a JSON Patch (RFC 6902): an operation, and its members by name.
    PATCH,
    /// In a JSON Patch: what a slot holds if the path leads that many steps towards it.
    PATCHED
  }
}
