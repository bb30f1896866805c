/// What is generated from the sources: the reference pages, the schema of the configuration, the
/// index behind `where`.
@NullMarked
package dev.gatewarden.app.reference;

import org.jspecify.annotations.NullMarked;
