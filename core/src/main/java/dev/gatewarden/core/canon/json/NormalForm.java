package dev.gatewarden.core.canon.json;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The form a contract declares for a value and for what is in it (`x-gatewarden-normalize`), by
/// place: a graph, since schemas may contain themselves. Immutable once it is read.
public final class NormalForm {
  TextForm text = TextForm.AS_IT_IS;
  boolean uniqueItems;
  final Map<String, @Nullable NormalForm> members = new HashMap<>();
  @Nullable NormalForm others;
  final List<@Nullable NormalForm> prefix = new ArrayList<>();
  @Nullable NormalForm items;

  NormalForm() {}

  /// What is done to the value where it is a text.
  public TextForm text() {
    return text;
  }

  /// Whether items that are equal to an earlier one are left out.
  public boolean uniqueItems() {
    return uniqueItems;
  }

  /// The form of each item of an array, or null.
  public @Nullable NormalForm items() {
    return items;
  }

  /// Whether anything is declared for what is inside an object.
  public boolean ofMembers() {
    return !members.isEmpty() || others != null;
  }

  /// The form of a member, or null where it keeps its bytes.
  @Nullable NormalForm member(String name) {
    return members.containsKey(name) ? members.get(name) : others;
  }

  boolean speaks() {
    return !text.isEmpty() || uniqueItems;
  }
}
