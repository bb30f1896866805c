/// Who vouches for the people of the demonstration, honestly or not.
@NullMarked
package dev.gatewarden.demo.issuer;

import org.jspecify.annotations.NullMarked;
