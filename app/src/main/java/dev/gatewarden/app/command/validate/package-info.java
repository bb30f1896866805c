/// Documents held against a schema, outside of any gate.
@NullMarked
package dev.gatewarden.app.command.validate;

import org.jspecify.annotations.NullMarked;
