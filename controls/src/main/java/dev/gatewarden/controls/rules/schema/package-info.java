/// Rules about what requests and answers may hold.
@NullMarked
package dev.gatewarden.controls.rules.schema;

import org.jspecify.annotations.NullMarked;
