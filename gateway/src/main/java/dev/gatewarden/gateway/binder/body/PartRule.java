package dev.gatewarden.gateway.binder.body;

import dev.gatewarden.core.canon.ContentType;
import dev.gatewarden.core.schema.Schema;
import dev.gatewarden.gateway.binder.body.multipart.Part;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the contract promises of the parts of one name.
///
/// @param many whether several parts of that name make a list
/// @param measured whether its schema says how long it may be, so that a file has to be as long in
///     the view as it is
/// @param types the types it may have, as `encoding` lists them; empty where it lists none
/// @param headers the header lines it may have besides its name and type
record PartRule(
    PartKind kind, boolean many, boolean measured, List<String> types, List<Header> headers) {
  static final PartRule UNKNOWN = new PartRule(PartKind.ANY, false, false, List.of(), List.of());

  /// One header line that a part may have.
  ///
  /// @param name lower case
  /// @param schema null where anything goes
  record Header(String name, boolean required, PartKind kind, @Nullable Schema schema) {}

  /// What the content of a part stands for: what the contract says, else what the part says.
  PartKind kindOf(Part part) {
    if (kind != PartKind.ANY) {
      return kind;
    }
    ContentType type = part.type();
    if (type != null && type.isJson()) {
      return PartKind.JSON;
    }
    boolean file =
        part.disposition().fileName() != null || type != null && !type.type().equals("text/plain");
    return file ? PartKind.FILE : PartKind.EITHER;
  }

  /// Whether a part may be of the type it says, or of the one that follows where it says none (RFC
  /// 7578, section 4.4).
  boolean takes(Part part) {
    ContentType type = part.type();
    if (!types.isEmpty()) {
      return type == null ? types.contains("text/plain") : isAmong(type);
    }
    return switch (kindOf(part)) {
      case TEXT, SCALAR, EITHER -> type == null || type.type().equals("text/plain");
      case JSON -> type != null && type.isJson();
      case FILE, BASE64, ANY -> true;
    };
  }

  private boolean isAmong(ContentType type) {
    for (String range : types) {
      if (type.within(range)) {
        return true;
      }
    }
    return false;
  }
}
