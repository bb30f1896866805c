/// What a caller presents, and who the caller is proved to be.
@NullMarked
package dev.gatewarden.core.identity;

import org.jspecify.annotations.NullMarked;
