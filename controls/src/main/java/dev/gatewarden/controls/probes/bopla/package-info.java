/// Probes of properties: whether somebody writes or reads fields that are not for them.
@NullMarked
package dev.gatewarden.controls.probes.bopla;

import org.jspecify.annotations.NullMarked;
