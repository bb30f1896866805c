package dev.gatewarden.core.schema;

/// The types a first byte tells apart.
enum Type {
  OBJECT,
  ARRAY,
  STRING,
  NUMBER,
  BOOLEAN,
  NULL;

  static final int ALL = 63;

  int bit() {
    return 1 << ordinal();
  }
}
