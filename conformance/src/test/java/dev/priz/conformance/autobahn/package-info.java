/**
 * The Autobahn test suite, in both directions, as tests of the build.
 *
 * <p>The suite is a Python 2 program inside a Maven plugin. The build unpacks it into {@code
 * target/autobahn}, and a {@link dev.priz.conformance.autobahn.SuiteProcess} runs it on Jython, so
 * that nobody needs Python 2. Its protocol code and its verdicts are its own, and its cases but
 * those on compression, which this version lacks. Exchanged are the parts below them that are slow
 * on Jython: Twisted's event loop, masking, and the UTF-8 validation; and zlib, which there sets no
 * window. All that is in the resources of this package. No HTML is written.
 */
package dev.priz.conformance.autobahn;
