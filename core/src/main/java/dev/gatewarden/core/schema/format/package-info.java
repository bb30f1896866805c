/// The formats of JSON Schema and OpenAPI, judged over UTF-8 bytes without allocating.
@NullMarked
package dev.gatewarden.core.schema.format;

import org.jspecify.annotations.NullMarked;
