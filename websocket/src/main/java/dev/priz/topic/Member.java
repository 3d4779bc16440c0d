package dev.priz.topic;

/**
 * Someone who is present in a topic.
 *
 * @param id of the connection, unique among all nodes
 * @param value what the application says of it: JSON, such as a name in quotation marks
 */
public record Member(String id, String value) {}
