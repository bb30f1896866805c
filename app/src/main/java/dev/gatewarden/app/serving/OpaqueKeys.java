package dev.gatewarden.app.serving;

import dev.gatewarden.app.configuration.OpaqueIdKeys;
import dev.gatewarden.app.configuration.SecretReference;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Cursor;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.identity.Secret;
import dev.gatewarden.core.opaque.OpaqueIds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The `opaque-ids` of a configuration, ready to give ids out.
final class OpaqueKeys {
  private static final String SECTION = "opaque-ids";

  private OpaqueKeys() {}

  /// The keys; null where there are none, and where what is wrong with them was noted.
  static @Nullable OpaqueIds of(Making making, Collection<Contract> contracts) {
    OpaqueIdKeys section = making.reading().configuration().opaqueIds();
    if (section == null) {
      return null;
    }
    boolean used =
        contracts.stream()
            .anyMatch(
                contract ->
                    contract.types().values().stream().anyMatch(ObjectType::opaque)
                        || contract.operations().stream()
                            .anyMatch(each -> Cursor.of(each) != null));
    if (!used) {
      making.wrong(
          "`opaque-ids` has no effect: no type says `public-id: opaque`, and no"
              + " operation `x-gatewarden-cursor`",
          SECTION);
    }
    List<Secret> keys = new ArrayList<>();
    boolean all = true;
    for (int i = 0; i < section.keys().size(); i++) {
      Secret key = key(making, section.keys().get(i), i);
      all &= key != null;
      if (key != null) {
        keys.add(key);
      }
    }
    try {
      return all ? OpaqueIds.of(keys) : standIn(making);
    } catch (IllegalArgumentException wrong) {
      making.wrong(String.valueOf(wrong.getMessage()), SECTION, "keys");
      return standIn(making);
    }
  }

  private static @Nullable Secret key(Making making, SecretReference reference, int at) {
    try {
      Secret key = making.secrets().read(reference);
      return making.secrets().isStandIn(reference) ? null : key;
    } catch (IOException missing) {
      making.wrong(String.valueOf(missing.getMessage()), SECTION, "keys", String.valueOf(at));
      return null;
    }
  }

  /// Enough to see what else is wrong: nothing is served with it, because a key is missing.
  private static OpaqueIds standIn(Making making) {
    return OpaqueIds.of(List.of(Secret.of(making.reading().file() + "x".repeat(OpaqueIds.LEAST))));
  }
}
