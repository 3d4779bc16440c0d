"""An event loop on java.nio with the few calls that the suite makes of Twisted's reactor.

Twisted's own, on Jython, goes through an emulation of BSD sockets: slow to start, slow with large
messages, a millisecond for every turn, and its listeners are on every interface. What the suite
sends, expects and judges does not depend on it.
"""
import heapq
import traceback
from collections import deque

from java.io import IOException
from java.lang import String, System, Throwable
from java.net import InetSocketAddress, StandardSocketOptions
from java.nio import ByteBuffer
from java.nio.channels import SelectionKey, Selector, ServerSocketChannel, SocketChannel
from org.python.core import Py

LOOPBACK = '127.0.0.1'
READ_BYTES = 256 * 1024
LONGEST_WAIT_MILLIS = 1000


def now():
    return System.nanoTime() / 1e9  # time.time() counts milliseconds on Jython


def guarded(call, *arguments):
    """Whether the call returned; what it raised goes to the log."""
    try:
        call(*arguments)
        return True
    except (Exception, Throwable):
        traceback.print_exc()
        return False


class EventLoop(object):
    def __init__(self):
        self.selector = Selector.open()
        self.buffer = ByteBuffer.allocate(READ_BYTES)
        self.timers, self.timers_made = [], 0
        self.from_elsewhere = deque()
        self.unflushed, self.connections = set(), set()
        self.running = False

    def callLater(self, seconds, call, *arguments):
        timer = Timer(call, arguments)
        self.timers_made += 1
        heapq.heappush(self.timers, (now() + seconds, self.timers_made, timer))
        return timer

    def connectTCP(self, host, port, factory, timeout=None, bindAddress=None):
        connector = Connector(self, host, port, factory)
        connector.connect()
        return connector

    def call_from_thread(self, call):
        self.from_elsewhere.append(call)
        self.selector.wakeup()

    def run(self):
        self.running = True
        while self.running:
            self.turn()

    def stop(self):
        self.running = False

    def turn(self):
        self.flush()
        wait_millis = LONGEST_WAIT_MILLIS
        if self.timers:
            wait_millis = min(wait_millis, int((self.timers[0][0] - now()) * 1000))
        if wait_millis > 0:
            self.selector.select(wait_millis)
        else:
            self.selector.selectNow()
        keys = self.selector.selectedKeys()
        ready = [key.attachment() for key in keys]
        keys.clear()
        for one in ready:
            one.ready()
        # After reading: a case must not lose patience while the answer lies unread in the socket.
        self.run_due_timers()
        while self.from_elsewhere:
            guarded(self.from_elsewhere.popleft())

    def flush(self):
        while self.unflushed:
            self.unflushed.pop().flush()

    def run_due_timers(self):
        due, last = now(), self.timers_made
        while self.timers and self.timers[0][0] <= due and self.timers[0][1] <= last:
            heapq.heappop(self.timers)[2].run()


class Timer(object):
    def __init__(self, call, arguments):
        self.call, self.arguments = call, arguments

    def cancel(self):
        self.call = None

    def run(self):
        if self.call is not None:
            guarded(self.call, *self.arguments)


class Transport(object):
    """One connection. What is written in one turn of the loop goes out at the end of that turn."""

    def __init__(self, loop, channel, protocol, when_lost):
        self.loop, self.channel, self.protocol, self.when_lost = loop, channel, protocol, when_lost
        self.written, self.going_out = [], None
        self.closing = self.ended = False
        self.peer = Peer(channel.getRemoteAddress())
        channel.configureBlocking(False)
        self.key = channel.register(loop.selector, SelectionKey.OP_READ, self)
        loop.connections.add(self)
        self.tell(protocol.makeConnection, self)

    def getPeer(self):
        return self.peer

    def setTcpNoDelay(self, enabled):
        self.channel.setOption(StandardSocketOptions.TCP_NODELAY, enabled)

    def write(self, data):
        if data and not self.closing:
            self.written.append(data)
            self.loop.unflushed.add(self)

    def loseConnection(self):
        """Closes once all that was written has gone out."""
        self.closing = True
        self.loop.unflushed.add(self)

    def abortConnection(self):
        """Resets the connection; what has not gone out is dropped."""
        if not self.ended:
            self.closing = True
            self.written, self.going_out = [], None
            self.channel.setOption(StandardSocketOptions.SO_LINGER, 0)
            self.loop.callLater(0, self.end)

    def ready(self):
        if self.key.isValid() and self.key.isWritable():
            self.flush()
        if self.key.isValid() and self.key.isReadable():
            self.receive()

    def receive(self):
        buffer = self.loop.buffer
        buffer.clear()
        try:
            count = self.channel.read(buffer)
        except IOException:
            count = -1
        if count < 0:
            self.end()
        elif not self.closing:
            data = Py.newString(String(buffer.array(), 0, count, 'ISO-8859-1'))
            self.tell(self.protocol.dataReceived, data)

    def flush(self):
        if self.ended:
            return
        try:
            while self.written or self.going_out is not None:
                if self.going_out is None:
                    text = String(''.join(self.written))
                    self.written, self.going_out = [], ByteBuffer.wrap(text.getBytes('ISO-8859-1'))
                self.channel.write(self.going_out)
                if self.going_out.hasRemaining():
                    self.key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE)
                    return
                self.going_out = None
            self.key.interestOps(SelectionKey.OP_READ)
            if self.closing:
                self.end()
        except IOException:
            self.end()

    def tell(self, call, argument):
        if not guarded(call, argument):
            self.end()

    def end(self):
        if not self.ended:
            self.ended = self.closing = True
            self.loop.connections.discard(self)
            self.channel.close()
            guarded(self.protocol.connectionLost, None)
            guarded(self.when_lost)


class Peer(object):
    def __init__(self, address):
        self.host, self.port = LOOPBACK, address.getPort()


class Connector(object):
    """Opens a connection for its factory, and another one whenever that asks again."""

    def __init__(self, loop, host, port, factory):
        self.loop, self.factory = loop, factory
        self.address = InetSocketAddress(host, port)

    def connect(self):
        self.loop.callLater(0, self.open)

    def open(self):
        try:
            channel = SocketChannel.open(self.address)
        except IOException, error:
            self.factory.clientConnectionFailed(self, Refusal(error))
            return
        Transport(self.loop, channel, self.factory.buildProtocol(None), self.lost)

    def lost(self):
        self.factory.clientConnectionLost(self, None)


class Refusal(object):
    def __init__(self, error):
        self.error = error

    def getErrorMessage(self):
        return str(self.error)


class Listener(object):
    """A listening socket on the loopback address, on a free port."""

    def __init__(self, loop):
        self.loop, self.factory = loop, None
        self.channel = ServerSocketChannel.open()
        self.channel.bind(InetSocketAddress(LOOPBACK, 0))
        self.port = self.channel.getLocalAddress().getPort()

    def serve(self, factory):
        self.factory = factory
        self.channel.configureBlocking(False)
        self.channel.register(self.loop.selector, SelectionKey.OP_ACCEPT, self)

    def ready(self):
        channel = self.channel.accept()
        if channel is not None:
            protocol = self.factory.protocol()
            protocol.factory = self.factory
            Transport(self.loop, channel, protocol, lambda: None)
