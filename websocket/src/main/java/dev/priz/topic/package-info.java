/**
 * Topics: what is published once reaches all who subscribe, in one order, and who comes back gets
 * what it missed. Here is what that means whatever engine is behind it ({@link
 * dev.priz.topic.Broker}); connections subscribe through {@code WebSocket.subscribe}, and programs
 * publish through {@code WebSocketServer.topic}.
 */
package dev.priz.topic;
