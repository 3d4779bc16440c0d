/** What topics do with ten thousand subscribers, slow ones among them, and with a storm of them. */
package dev.priz.benchmarks.topics;
