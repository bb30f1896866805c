/// Rules of the audit: one file each, with contracts beside it in which it finds something, and in
/// which it does not.
@NullMarked
package dev.gatewarden.controls.rules;

import org.jspecify.annotations.NullMarked;
