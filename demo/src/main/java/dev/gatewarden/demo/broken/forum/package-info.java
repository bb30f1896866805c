/// A forum for browsers: forms, cookies, redirects, forgotten passwords.
@NullMarked
package dev.gatewarden.demo.broken.forum;

import org.jspecify.annotations.NullMarked;
