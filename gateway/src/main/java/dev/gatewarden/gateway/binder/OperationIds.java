package dev.gatewarden.gateway.binder;

import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.exchange.Headers;
import dev.gatewarden.core.opaque.OpaqueType;
import dev.gatewarden.core.opaque.Tenant;
import dev.gatewarden.gateway.binder.opaque.BodyIds;
import dev.gatewarden.gateway.binder.opaque.Swapping;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The ids of opaque types in the messages of one operation.
///
/// @param asked by media type, in requests
/// @param answered by media type, in responses
/// @param fields in the header of responses, by lower-case name
record OperationIds(
    HeadIds head,
    Map<Content.MediaType, BodyIds> asked,
    Map<Content.MediaType, BodyIds> answered,
    Map<String, OpaqueType> fields) {

  /// The fields of a response with the ids that callers see; null where one holds none.
  @Nullable Headers shown(Headers received, Tenant tenant) {
    Map<String, String> changed = null;
    for (Map.Entry<String, OpaqueType> each : fields.entrySet()) {
      String value = received.first(each.getKey());
      if (value != null) {
        String other = Swapping.OUTWARD.text(each.getValue(), value, tenant);
        if (other == null || received.count(each.getKey()) > 1) {
          return null;
        }
        changed = changed == null ? new HashMap<>() : changed;
        changed.put(each.getKey(), other);
      }
    }
    return changed == null ? received : new OtherFields(received, changed);
  }
}
