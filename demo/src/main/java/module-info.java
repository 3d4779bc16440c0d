import org.jspecify.annotations.NullMarked;

/** The demos: small servers with pages that talk to them. */
@NullMarked
module dev.priz.demo {
  requires transitive dev.priz;
  requires static transitive org.jspecify;
  requires com.github.oshi;
  requires tools.jackson.databind;

  exports dev.priz.demo;

  // Jackson turns records into JSON.
  opens dev.priz.demo to
      tools.jackson.databind;
}
